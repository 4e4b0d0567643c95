# What check, quickstart and test/with-server share; read with ".".
#
# Installs what is missing from the distribution's packages. It works where
# apt-get does; elsewhere it says what is needed and leaves the rest to the
# commands that are there.

# The oldest PostgreSQL that Clientele supports.
OLDEST_POSTGRESQL=15

# Run a command as root: directly, or with sudo, which asks for a password only
# where there is a terminal to ask at.
as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif [ -t 0 ]; then
		sudo "$@"
	else
		sudo -n "$@"
	fi
}

may_be_root() {
	[ "$(id -u)" = 0 ] || { command -v sudo >/dev/null && as_root true 2>/dev/null; }
}

package_is_installed() {
	dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'ok installed'
}

# Whether apt knows a version of the package that it could install.
package_is_known() {
	apt-cache policy "$1" 2>/dev/null | grep -q 'Candidate: [^(]'
}

apt_get() {
	as_root env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 \
		apt-get -o DPkg::Lock::Timeout=300 -q "$@" </dev/null
}

# Install the packages that are not there. Whatever apt prints goes to the file
# PACKAGES_LOG. Returns 1, having said why, if a package is missing afterwards.
install_packages() {
	local missing=() package
	local log=${PACKAGES_LOG:-/dev/null}
	local quiet_cluster=/etc/postgresql-common/createcluster.d/clientele.conf

	if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
		return 0
	fi
	for package in "$@"; do
		package_is_installed "$package" || missing+=("$package")
	done
	[ ${#missing[@]} -gt 0 ] || return 0
	if ! may_be_root; then
		echo "These packages are missing, and installing them needs root or sudo:" >&2
		echo "    apt-get install ${missing[*]}" >&2
		return 1
	fi
	echo "Installing Debian packages, which can take some minutes: ${missing[*]}"
	for package in "${missing[@]}"; do
		if ! package_is_known "$package"; then
			apt_get update >>"$log" 2>&1
			break
		fi
	done
	# Debian starts a server of its own with a server's package, unless told
	# not to; the file that tells it goes again, so the next one is as usual.
	if ! package_is_installed postgresql-common; then
		apt_install "$log" postgresql-common || return 1
	fi
	if [ -d "${quiet_cluster%/*}" ] || as_root mkdir -p "${quiet_cluster%/*}"; then
		echo 'create_main_cluster = false' | as_root tee "$quiet_cluster" >/dev/null
	fi
	apt_install "$log" "${missing[@]}"
	local status=$?
	as_root rm -f "$quiet_cluster"
	return $status
}

# apt-get install, once more with fresh lists when those at hand are stale.
apt_install() {
	local log=$1
	shift
	if apt_get install -y --no-install-recommends "$@" >>"$log" 2>&1; then
		return 0
	fi
	apt_get update >>"$log" 2>&1
	if apt_get install -y --no-install-recommends "$@" >>"$log" 2>&1; then
		return 0
	fi
	echo "Could not install: $*" >&2
	[ "$log" = /dev/null ] || tail -n 5 "$log" >&2
	return 1
}

# The release of PostgreSQL to use, as POSTGRESQL_MAJOR: that of PG_CONFIG when
# it is set, else the newest server here, else the distribution's own.
choose_postgresql() {
	local directory major

	POSTGRESQL_MAJOR=
	if [ -n "${PG_CONFIG:-}" ]; then
		POSTGRESQL_MAJOR=$("$PG_CONFIG" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')
		return 0
	fi
	for directory in /usr/lib/postgresql/*/bin/postgres; do
		major=${directory#/usr/lib/postgresql/}
		major=${major%%/*}
		case $major in *[!0-9]*) continue ;; esac
		if [ "$major" -ge $OLDEST_POSTGRESQL ] && [ "$major" -gt "${POSTGRESQL_MAJOR:-0}" ]; then
			POSTGRESQL_MAJOR=$major
		fi
	done
	if [ -z "$POSTGRESQL_MAJOR" ] && command -v apt-get >/dev/null; then
		if ! package_is_known postgresql && may_be_root; then
			apt_get update >>"${PACKAGES_LOG:-/dev/null}" 2>&1
		fi
		POSTGRESQL_MAJOR=$(apt-cache depends postgresql 2>/dev/null |
			sed -n 's/.*Depends: postgresql-\([0-9][0-9]*\)$/\1/p' | head -n 1)
		if [ -n "$POSTGRESQL_MAJOR" ] && [ "$POSTGRESQL_MAJOR" -lt $OLDEST_POSTGRESQL ]; then
			echo "This system's packages hold PostgreSQL $POSTGRESQL_MAJOR; Clientele needs $OLDEST_POSTGRESQL or later (apt.postgresql.org has it)." >&2
			return 1
		fi
	fi
	return 0
}

# Find pg_config of the release chosen, as PG_CONFIG, with all that a build of
# an extension needs; say what is missing otherwise.
find_pg_config() {
	local pgxs command

	if [ -z "${PG_CONFIG:-}" ]; then
		PG_CONFIG=/usr/lib/postgresql/$POSTGRESQL_MAJOR/bin/pg_config
		[ -x "$PG_CONFIG" ] || PG_CONFIG=$(command -v pg_config || true)
	fi
	for command in make gcc; do
		if ! command -v "$command" >/dev/null; then
			echo "Needed and not found: $command." >&2
			return 1
		fi
	done
	if [ -z "$PG_CONFIG" ] || ! pgxs=$("$PG_CONFIG" --pgxs) || [ ! -f "$pgxs" ]; then
		echo "Needed and not found: PostgreSQL $OLDEST_POSTGRESQL or later with its server and the files to build extensions (pg_config --pgxs). PG_CONFIG names another pg_config." >&2
		return 1
	fi
	POSTGRESQL_MAJOR=$("$PG_CONFIG" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')
	if [ "$POSTGRESQL_MAJOR" -lt $OLDEST_POSTGRESQL ]; then
		echo "$("$PG_CONFIG" --version) is too old: Clientele needs PostgreSQL $OLDEST_POSTGRESQL or later." >&2
		return 1
	fi
	if [ ! -x "$("$PG_CONFIG" --bindir)/postgres" ]; then
		echo "Needed and not found: $("$PG_CONFIG" --bindir)/postgres, the server itself." >&2
		return 1
	fi
	export PG_CONFIG
}

# The settings with which a private server finds the extension where "make
# install DESTDIR=..." put it: extension_destdir is Debian's, the paths of
# extension_control_path are PostgreSQL 18's. Returns 1 where there is neither.
private_extension_settings() {
	local destination=${1//\'/\'\'} binary
	binary=$("$PG_CONFIG" --bindir)/postgres
	if grep -q extension_destdir "$binary"; then
		echo "extension_destdir = '$destination'"
	elif grep -q extension_control_path "$binary"; then
		echo "extension_control_path = '$destination$("$PG_CONFIG" --sharedir):\$system'"
		echo "dynamic_library_path = '$destination$("$PG_CONFIG" --pkglibdir):\$libdir'"
	else
		return 1
	fi
}

# Settings of the environment that would send a client elsewhere.
forget_other_servers() {
	unset PGHOST PGHOSTADDR PGPORT PGUSER PGDATABASE PGPASSWORD PGPASSFILE PGSERVICE PGSERVICEFILE PGOPTIONS \
		PGTZ PGDATESTYLE PGCLIENTENCODING PGSSLMODE PGREQUIRESSL PGAPPNAME PGDATA PGSYSCONFDIR PGGSSENCMODE \
		PGTARGETSESSIONATTRS PGCHANNELBINDING PSQLRC PSQL_PAGER 2>/dev/null || true
}
