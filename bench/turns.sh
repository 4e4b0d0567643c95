# The measuring loop of the benchmarks, to be read by them with ".": statements
# that are compared run in turn in one session, so that whatever else the machine
# does falls on all of them alike; the first round warms up and is thrown away; of
# the others the medians of the backend's processor time are compared.

# A statement that says how much processor time the session has used, in ms.
cpu="SELECT 'cpu: ' || 10 * (split_part(stat, ' ', 12)::bigint + split_part(stat, ' ', 13)::bigint)
FROM regexp_replace(pg_read_file('/proc/self/stat'), '^.*\) ', '') AS stat;"

# turns ROUNDS: reads lines "name|statement", writes a script of psql.
turns() {
	turns_statements=$(cat)
	turns_round=0
	while [ "$turns_round" -le "$1" ]; do
		printf '%s\n' "$turns_statements" | while IFS='|' read -r name statement; do
			printf '%s\n\\o /dev/null\n%s;\n\\o\n%s\n\\echo name: %s %s\n' "$cpu" "$statement" "$cpu" "$turns_round" "$name"
		done
		turns_round=$((turns_round + 1))
	done
}

# medians AGAINST FORMAT: reads what such a script prints; a line a statement: its
# name, milliseconds, and the ratio to those of the statement named AGAINST.
medians() {
	awk -v against="$1" -v format="$2" '
	/^cpu: / { before = now; now = $2 }
	/^name: / && $2 > 0 { name = $0; sub(/^name: [0-9]+ /, "", name); if (!(name in n)) names[++count] = name; time[name, ++n[name]] = now - before }
	function median(name, i, j, t) {
		for (i = 1; i <= n[name]; i++)
			for (j = i + 1; j <= n[name]; j++)
				if (time[name, j] < time[name, i]) { t = time[name, i]; time[name, i] = time[name, j]; time[name, j] = t }
		return time[name, int((n[name] + 1) / 2)]
	}
	END {
		base = median(against)
		for (i = 1; i <= count; i++)
			printf format "\n", names[i], median(names[i]), (base > 0 ? median(names[i]) / base : 0)
	}'
}
