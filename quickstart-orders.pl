#!/usr/bin/perl
# Reads files of orders for ./quickstart: customer, date, amount.
#
#   quickstart-orders.pl [--dates dmy|mdy] [--decimal .|,] [--columns C,D,A]
#                        --rejected FILE FILE...
#
# Writes the orders to standard output in COPY's text format (number, customer,
# moment, amount), what it made of each file to standard error, and each row
# that it could not read, with the reason, to the file named by --rejected.
# Nothing is dropped unseen, and what can be read in two ways is not guessed:
# then it ends with status 1 and says which option decides.
use strict;
use warnings;

my %option = (dates => '', decimal => '', columns => '', rejected => '');
my @files;
while (@ARGV)
{
	my $argument = shift @ARGV;
	if ($argument eq '--') { push @files, @ARGV; last; }
	if ($argument =~ /^--(dates|decimal|columns|rejected)(?:=(.*))?$/s)
	{
		$option{$1} = defined $2 ? $2 : shift @ARGV;
		next;
	}
	push @files, $argument;
}
fail("--dates is dmy (day first) or mdy (month first)")
  unless $option{dates} =~ /^(dmy|mdy)?$/;
fail("--decimal is . or ,") unless $option{decimal} =~ /^[.,]?$/;

# What the columns are called, the likeliest first. Case, blanks and signs in
# a name do not count.
my %names = (
	customer => [
		qw(customer customerid customerno customernumber customerkey custid
		  client clientid account accountid accountno buyer buyerid user userid
		  member memberid kunde kundennummer kundennr kundenid customername
		  clientname accountname company companyname email customeremail
		  emailaddress name)
	],
	date => [
		qw(date orderdate ordereddate orderedat orderedon ordertime orderday
		  purchasedate purchasedat purchasedon purchaseday invoicedate
		  transactiondate transactiontime timestamp datetime day createdat
		  createdon created datum bestelldatum rechnungsdatum paidat)
	],
	amount => [
		qw(amount orderamount total ordertotal totalamount grandtotal value
		  ordervalue revenue sales netamount net spend price totalprice
		  invoiceamount transactionamount purchaseamount subtotal sum betrag
		  umsatz summe gesamtbetrag dollars usd euro eur)
	]);
my @wanted = qw(customer date amount);

my %month;
@month{qw(jan feb mar apr may jun jul aug sep oct nov dec)} = (1 .. 12);

sub fail
{
	print STDERR "$_[0]\n";
	exit 1;
}

# ---- reading ------------------------------------------------------------------

# Bytes to UTF-8: a byte order mark goes; what is not UTF-8 is Windows-1252's
# common part, Latin-1.
sub open_file
{
	my ($file) = @_;
	-e $file or fail("$file: there is no such file");
	-d $file and fail("$file: is a directory");
	open(my $handle, '<:raw', $file) or fail("$file: $!");
	my $start = '';
	read($handle, $start, 3);
	fail("$file: is in UTF-16; save it as CSV in UTF-8") if $start =~ /^(\xff\xfe|\xfe\xff)/;
	fail("$file: is a compressed file or a spreadsheet, not CSV; save it as CSV")
	  if $start =~ /^(PK|\x1f\x8b|\xd0\xcf)/;
	seek($handle, $start eq "\xef\xbb\xbf" ? 3 : 0, 0);
	return $handle;
}

# The next record that is not empty: (its first line, its text, its fields).
# A quoted field may hold the separator, doubled quotes and line ends.
sub next_record
{
	my ($in, $separator) = @_;
	while (defined(my $text = readline($in->{handle})))
	{
		my $line = ++$in->{line};
		if (index($text, '"') >= 0)
		{
			# an odd number of quotes: the field goes on in the next line
			my $more = 0;
			while (($text =~ tr/"//) % 2 && $more++ < 1000
				&& defined(my $next = readline($in->{handle})))
			{
				$in->{line}++;
				$text .= $next;
			}
		}
		$text =~ s/\r?\n\z//;
		$text =~ s/\r/\n/g;
		if (!utf8::decode(my $copy = $text))
		{
			$in->{latin}++;
			utf8::encode($text);
		}
		next if $text =~ /^[\s,;|]*\z/;
		return ($line, $text, fields($text, $separator));
	}
	return;
}

sub fields
{
	my ($text, $separator) = @_;
	return [ map { trimmed($_) } split(/\Q$separator\E/, $text, -1) ]
	  if index($text, '"') < 0;
	my @fields;
	while (1)
	{
		if ($text =~ /\G\s*"((?:[^"]|"")*)"\s*(?=\Q$separator\E|\z)/gc)
		{
			(my $field = $1) =~ s/""/"/g;
			push @fields, trimmed($field);
		}
		elsif ($text =~ /\G([^\Q$separator\E]*)/gc)
		{
			push @fields, trimmed($1);
		}
		last unless $text =~ /\G\Q$separator\E/gc;
	}
	return \@fields;
}

sub trimmed
{
	my ($text) = @_;
	$text =~ s/^(?:\s|\xc2\xa0)+//;
	$text =~ s/(?:\s|\xc2\xa0)+\z//;
	return $text;
}

# ---- dates ----------------------------------------------------------------------

my @days_of_month = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31);

sub is_day
{
	my ($year, $month, $day) = @_;
	return 0 if $year < 1 || $month < 1 || $month > 12 || $day < 1;
	my $days = $days_of_month[ $month - 1 ];
	$days = 29
	  if $month == 2 && $year % 4 == 0 && ($year % 100 != 0 || $year % 400 == 0);
	return $day <= $days;
}

# The time behind a day, as PostgreSQL reads it; undef if it is none.
sub time_of
{
	my ($text) = @_;
	return ' 00:00:00+00' if !defined $text || $text eq '';
	$text =~ /^(?:T|,?\s+)(\d{1,2}):(\d\d)(?::(\d\d)([.,]\d{1,9})?)?\s*([AaPp])?(?:\.?[Mm]\.?)?\s*(Z|z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?\z/
	  or return;
	my ($hour, $minute, $second, $fraction, $half, $zone) = ($1, $2, $3, $4, $5, $6);
	if (defined $half)
	{
		return if $hour < 1 || $hour > 12;
		$hour = $hour % 12 + ($half =~ /[Pp]/ ? 12 : 0);
	}
	$second = 0 unless defined $second;
	return if $hour > 23 || $minute > 59 || $second > 59;
	$fraction = '' unless defined $fraction;
	$fraction =~ tr/,/./;
	$zone = '+00' if !defined $zone || $zone =~ /^[A-Za-z]/;
	return sprintf(' %02d:%02d:%02d%s%s', $hour, $minute, $second, substr($fraction, 0, 7), $zone);
}

# Read a date: (moment, undef) or (undef, reason). Of a date such as 03/04/2024
# the order must be known; while it is looked for, $seen counts what decides.
sub date_of
{
	my ($text, $order, $seen) = @_;
	my ($year, $month, $day, $rest);
	return (undef, 'no date') if $text eq '';
	if ($text =~ /^(\d{4})([-\/.])(\d{1,2})\2(\d{1,2})(?!\d)(.*)\z/s
		|| $text =~ /^(\d{4})()(\d\d)(\d\d)(?!\d)(.*)\z/s)
	{
		($year, $month, $day, $rest) = ($1, $3, $4, $5);
	}
	elsif ($text =~ /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)(.*)\z/s)
	{
		($day, $month, $year, $rest) = ($1, $2, $3, $4);
	}
	elsif ($text =~ /^(\d{1,2})([\/-])(\d{1,2})\2(\d{4})(?!\d)(.*)\z/s)
	{
		my ($first, $second) = ($1, $3);
		($year, $rest) = ($4, $5);
		if ($seen)
		{
			$seen->{slashed} = $text unless defined $seen->{slashed};
			$seen->{dmy}++ if $first > 12;
			$seen->{mdy}++ if $second > 12;
		}
		($day, $month) = $order eq 'mdy' ? ($second, $first) : ($first, $second);
	}
	elsif ($text =~ /^(\d{1,2})[\s-]+([A-Za-z]{3})[a-z]*\.?[\s,-]+(\d{4})(?!\d)(.*)\z/s)
	{
		($day, $month, $year, $rest) = ($1, $month{ lc $2 } || 0, $3, $4);
	}
	elsif ($text =~ /^([A-Za-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)(.*)\z/s)
	{
		($day, $month, $year, $rest) = ($2, $month{ lc $1 } || 0, $3, $4);
	}
	elsif ($text =~ /^\d{1,2}([\/.-])\d{1,2}\1\d{2}(?!\d)/)
	{
		return (undef, 'a year of two digits');
	}
	else
	{
		return (undef, 'not a date');
	}
	return (undef, 'no such day') unless is_day($year, $month, $day);
	my $time = time_of($rest);
	return (undef, 'not a time of day') unless defined $time;
	return (sprintf('%04d-%02d-%02d%s', $year, $month, $day, $time), undef);
}

# ---- amounts ----------------------------------------------------------------------

# Read an amount: (number, undef) or (undef, reason). $decimal is the decimal
# mark of the file, '' while it is not known; $seen counts what decides it.
sub amount_of
{
	my ($text, $decimal, $seen) = @_;
	return (undef, 'no amount') if $text eq '';
	my $number = $text;
	if ($number =~ s/^((?:[A-Z]{3}(?![A-Za-z])|\$|\xe2\x82\xac|\xc2\xa3|\xc2\xa5)\s*)// ||
		$number =~ s/^(-)\s*((?:\$|\xe2\x82\xac|\xc2\xa3|\xc2\xa5)\s*)/$1/ ||
		$number =~ s/(\s*(?:[A-Z]{3}|\$|\xe2\x82\xac|\xc2\xa3|\xc2\xa5))\z//)
	{
		my $currency = defined $2 ? $2 : $1;
		$currency =~ s/\s//g;
		$seen->{currency}{$currency}++ if $seen;
	}
	# accountants' negative numbers: (12.50), 12.50-
	$number = "-$1" if $number =~ /^\((.*)\)\z/ || $number =~ /^([^-].*)-\z/;
	$number =~ s/^\+//;
	$number =~ s/^-\s+/-/;
	# blanks and apostrophes only ever group
	$number =~ s/(?<=\d)(?:\s|\xc2\xa0|\xe2\x80\xaf|')(?=\d{3}(?!\d))//g;
	return (undef, 'not a number') unless $number =~ /^-?(?=[.,]?\d)[\d.,]*\z/;
	return ($number, undef) if $number !~ /[.,]/;

	my $points = ($number =~ tr/.//);
	my $commas = ($number =~ tr/,//);
	my $shown;
	if ($points && $commas)
	{
		$shown = rindex($number, '.') > rindex($number, ',') ? '.' : ',';
	}
	elsif ($points + $commas > 1)
	{
		# the same mark more than once groups
		$shown = $points ? ',' : '.';
	}
	elsif ($number !~ /^-?[1-9]\d{0,2}[.,]\d{3}\z/)
	{
		$shown = $points ? '.' : ',';
	}
	if ($seen)
	{
		if (defined $shown) { $seen->{"decimal$shown"}++; }
		elsif ($commas) { $seen->{either} = $text unless defined $seen->{either}; }
	}
	$decimal = defined $shown ? $shown : '.' if $decimal eq '';
	return (undef, "not a number with the decimal mark $decimal")
	  if defined $shown && $shown ne $decimal;
	my $group = $decimal eq '.' ? ',' : '.';
	return (undef, 'not a number')
	  unless $number =~ /^-?(?:\d*|\d{1,3}(?:\Q$group\E\d{3})+)(?:\Q$decimal\E\d*)?\z/;
	$number =~ s/\Q$group\E//g;
	$number =~ s/\Q$decimal\E/./;
	return ($number, undef);
}

# ---- one file ---------------------------------------------------------------------

# The separator with which the first records have the same number of fields,
# three or more.
sub separator_of
{
	my ($file) = @_;
	my ($best, $best_score) = (',', -1);
	for my $separator ("\t", ';', ',', '|')
	{
		my $in = { handle => open_file($file), line => 0 };
		my (%count, $records);
		for (1 .. 50)
		{
			my (undef, undef, $fields) = next_record($in, $separator) or last;
			$count{ scalar @$fields }++;
			$records++;
		}
		close $in->{handle};
		fail("$file: holds no rows") unless $records;
		my ($usual) = sort { $count{$b} <=> $count{$a} || $b <=> $a } keys %count;
		my $score = $usual >= 3 ? $count{$usual} : 0;
		($best, $best_score) = ($separator, $score) if $score > $best_score;
	}
	fail("$file: each row needs three columns at least, customer, date and amount, separated by comma, semicolon or tab")
	  if $best_score <= 0;
	return $best;
}

sub plain
{
	my ($name) = @_;
	$name = lc $name;
	$name =~ s/[^a-z0-9]//g;
	return $name;
}

# Find the columns: ({customer, date, amount => index}, has a header, how).
sub columns_of
{
	my ($file, $separator) = @_;
	my $in = { handle => open_file($file), line => 0 };
	my (undef, undef, $first) = next_record($in, $separator);
	close $in->{handle};
	my %at;
	for my $i (reverse 0 .. $#$first)
	{
		$at{ plain($first->[$i]) } = $i;
	}
	my %column;
	if ($option{columns} ne '')
	{
		my @given = map { trimmed($_) } split(/,/, $option{columns});
		fail("--columns takes three columns: customer,date,amount, by name or number") if @given != 3;
		my $by_name = 0;
		for my $i (0 .. 2)
		{
			my $given = $given[$i];
			if (exists $at{ plain($given) } && plain($given) ne '')
			{
				$column{ $wanted[$i] } = $at{ plain($given) };
				$by_name = 1;
			}
			elsif ($given =~ /^\d+\z/ && $given >= 1 && $given <= @$first)
			{
				$column{ $wanted[$i] } = $given - 1;
			}
			else
			{
				fail("$file: has no column \"$given\"; its first line is: " . join(' | ', @$first));
			}
		}
		return (\%column, 1, 'as named') if $by_name;
	}
	else
	{
		my $found = 0;
		for my $what (@wanted)
		{
			for my $name (@{ $names{$what} })
			{
				next unless exists $at{$name};
				$column{$what} = $at{$name};
				$found++;
				last;
			}
		}
		return (\%column, 1, 'by name') if $found == 3;
		if ($found > 0 && !looks_like_data($first, { customer => 0, date => 1, amount => 2 }))
		{
			my @missing = grep { !exists $column{$_} } @wanted;
			fail("$file: no column for " . join(' and ', @missing) . " in its first line: "
				  . join(' | ', @$first)
				  . "\nName the columns: --columns CUSTOMER,DATE,AMOUNT");
		}
		%column = (customer => 0, date => 1, amount => 2);
	}
	# by position: the first line is a header if it cannot be a row
	return (\%column, looks_like_data($first, \%column) ? 0 : 1, 'by position');
}

sub looks_like_data
{
	my ($fields, $column) = @_;
	my ($date, $amount) = map { defined $fields->[ $column->{$_} ] ? $fields->[ $column->{$_} ] : '' } qw(date amount);
	return $date =~ /\d/ && $date =~ /^[\dA-Za-z]/ && $amount =~ /\d/;
}

# ---- main -------------------------------------------------------------------------

fail("no file") unless @files;
my %given;
for my $file (@files)
{
	fail("$file: given twice") if $given{$file}++;
}
open(my $rejected, '>:raw', $option{rejected}) or fail("$option{rejected}: $!");
print $rejected "file,line,reason,row\n";

# First what the files are like, all of them: the order of day and month and
# the decimal mark are asked of each.
my @plans;
for my $file (@files)
{
	my $separator = separator_of($file);
	my ($column, $header, $how) = columns_of($file, $separator);
	my ($dates, $decimal) = ($option{dates}, $option{decimal});
	my %seen;
	my $in = { handle => open_file($file), line => 0 };
	my (undef, undef, $names) = $header ? next_record($in, $separator) : ();
	while (my (undef, undef, $fields) = next_record($in, $separator))
	{
		date_of($fields->[ $column->{date} ], $dates, \%seen) if defined $fields->[ $column->{date} ];
		amount_of($fields->[ $column->{amount} ], $decimal, \%seen) if defined $fields->[ $column->{amount} ];
	}
	close $in->{handle};
	if ($dates eq '' && defined $seen{slashed})
	{
		fail("$file: the dates such as $seen{slashed} can be read with the day or the month first. Say which: --dates dmy or --dates mdy")
		  if !$seen{dmy} == !$seen{mdy};
		$dates = $seen{dmy} ? 'dmy' : 'mdy';
	}
	if ($decimal eq '')
	{
		my ($points, $commas) = ($seen{'decimal.'} || 0, $seen{'decimal,'} || 0);
		fail("$file: amounts such as $seen{either} can be read with the comma before decimals or thousands. Say which: --decimal , or --decimal .")
		  if defined $seen{either} && !$points && !$commas;
		fail("$file: some amounts have decimals after a point, others after a comma. Say which is meant: --decimal . or --decimal , (the others are then reported)")
		  if $points && $commas;
		$decimal = $commas ? ',' : '.';
	}
	my @currencies = sort keys %{ $seen{currency} || {} };
	fail("$file: holds amounts in several currencies: @currencies. Convert them to one.") if @currencies > 1;
	push @plans, {
		file => $file, separator => $separator, column => $column, header => $header,
		how => $how, dates => $dates, decimal => $decimal, latin => $in->{latin},
		names => $names, slashed => $seen{slashed}
	};
}

my ($orders, $bad, $number) = (0, 0, 0);
my @examples;
binmode(STDOUT, ':raw');
for my $plan (@plans)
{
	my ($file, $separator, $column) = @{$plan}{qw(file separator column)};
	my $in = { handle => open_file($file), line => 0 };
	next_record($in, $separator) if $plan->{header};
	my ($good_here, $bad_here) = (0, 0);
	while (my ($line, $text, $fields) = next_record($in, $separator))
	{
		my $count = @$fields;
		my ($customer, $date, $amount) = map { defined $fields->[$_] ? $fields->[$_] : '' } @{$column}{@wanted};
		my $reason;
		if ($count < 3) { $reason = 'fewer than three columns'; }
		elsif ($customer eq '') { $reason = 'no customer'; }
		elsif ($text =~ /\0/) { $reason = 'a zero byte'; }
		($date, $reason) = date_of($date, $plan->{dates}) unless $reason;
		($amount, $reason) = amount_of($amount, $plan->{decimal}) unless $reason;
		if ($reason)
		{
			$bad_here++;
			push @examples, "$file, line $line, $reason: " . substr($text, 0, 100) if @examples < 5;
			print $rejected join(',', map { my $field = $_; $field =~ s/"/""/g; "\"$field\"" } $file, $line, $reason, $text), "\n";
			next;
		}
		$good_here++;
		$number++;
		$customer =~ s/([\\\t\n\r])/{ "\\" => "\\\\", "\t" => "\\t", "\n" => "\\n", "\r" => "\\r" }->{$1}/ge;
		print "$number\t$customer\t$date\t$amount\n";
	}
	close $in->{handle};
	my @how = ($plan->{how} eq 'by position' && !$plan->{header})
	  ? 'no header: columns by position'
	  : map { "$_ from \"" . $plan->{names}[ $column->{$_} ] . '"' } @wanted;
	push @how, $plan->{dates} eq 'dmy' ? 'day before month' : 'month before day' if defined $plan->{slashed};
	push @how, 'decimals after a comma' if $plan->{decimal} eq ',';
	push @how, 'read as Latin-1 where it is not UTF-8' if $plan->{latin};
	print STDERR "$file: $good_here orders", ($bad_here ? ", $bad_here rows that could not be read" : ''), ' (', join(', ', @how), ")\n";
	$orders += $good_here;
	$bad += $bad_here;
}
close $rejected or fail("$option{rejected}: $!");
close STDOUT or fail("could not write: $!");
if ($bad)
{
	print STDERR "Rows that could not be read are left out:\n";
	print STDERR "    $_\n" for @examples;
	print STDERR "    ... and ", $bad - @examples, " more\n" if $bad > @examples;
	print STDERR "All of them, with the reason: $option{rejected}\n";
}
fail("No order could be read.") unless $orders;
