# What is measured, on Linux and on Vitrine: makes control groups and tasks as the lines at the end say, lets them run, and
# prints what the kernel counted. Run as root by bash on a machine with two processors and nothing else to do.
#
#   setup NAME VERSION         begins a set-up, on cgroups of version 1 or 2
#   group NAME FILE=VALUE …    makes a group; names are paths, `-` is the root
#   task NAME GROUP WRAP BUSY IDLE
#                              starts a task in a group, by a command such as `nice -n 5` or `chrt -f 10`; it burns for
#                              ever, or for BUSY ms of its own time, then sleeps IDLE ms, and so on
#   measure WARM SECONDS       lets them run, prints, kills and removes everything

V2=$(awk '$3 == "cgroup2" { print $2; exit }' /proc/mounts)
V1=/tmp/validation-cgroup-v1
FIFO=/tmp/validation-fifo
BURN=${BURN:-while :; do :; done} # what burns
OWN=${OWN:-} # ms of work and sleep of one more task, for a machine that has no tasks of its own
STEP=${STEP:-0} # how often a loop turns before it looks at its time
rm -f $FIFO; mkfifo $FIFO

# The cpu controller is in one hierarchy only; it comes back some moments after the other was unmounted.
cpu_to_v2() {
	! mountpoint -q $V1 || umount $V1
	until echo '+cpu +cpuset' 2> /dev/null > "$V2/cgroup.subtree_control"; do sleep 0.1; done
}
cpu_to_v1() {
	echo '-cpu' > "$V2/cgroup.subtree_control"
	mkdir -p $V1
	mountpoint -q $V1 || mount -t cgroup -o cpu,cpuacct validation $V1
}

place() { # the directory of a group
	case $1 in -) echo "$ROOT" ;; *) echo "$ROOT/validation-$1" ;; esac
}

setup() {
	NAME=$1 VERSION=$2 GROUPS_MADE= TASKS=
	"cpu_to_v$VERSION"
	if [ "$VERSION" = 1 ]; then ROOT=$V1; else ROOT=$V2; fi
}

group() {
	local dir parent; dir=$(place "$1"); parent=${dir%/*}
	mkdir "$dir"
	GROUPS_MADE="$1 $GROUPS_MADE"
	if [ "$VERSION" = 2 ] && [ "$parent" != "$ROOT" ]; then echo +cpu > "$parent/cgroup.subtree_control"; fi
	shift
	for setting; do echo "${setting#*=}" > "$dir/${setting%%=*}" || echo "cannot set $setting" >&2; done
}

burn_and_sleep() { # BUSY ms of CPU time, IDLE ms of sleep; reading stat brings schedstat up to date
	local busy=$(($1 * 1000000)) idle rest now until i
	idle=$(printf '0.%03d' "$2")
	exec 9<> $FIFO
	read -r now rest < /proc/self/schedstat
	while :; do
		until=$((now + busy))
		while [ "$now" -lt "$until" ]; do
			for ((i = 0; i < STEP; i++)); do :; done
			read -rn 1 rest < /proc/self/stat
			read -r now rest < /proc/self/schedstat
		done
		read -rt "$idle" -u 9 rest
	done
}

task() { # NAME GROUP WRAP BUSY IDLE; it joins first, since joining forgets the affinity
	local does="$BURN"
	[ "$4" = 0 ] || does="FIFO=$FIFO STEP=$STEP; $(declare -f burn_and_sleep); burn_and_sleep $4 $5"
	( echo 0 > "$(place "$2")/cgroup.procs"; exec $3 bash -c "$does" ) &
	disown $!
	TASKS="$TASKS $1:$!"
}

look() { # everything that is counted and when, read without starting programs, which would use the processors
	local it dir text
	for it in $GROUPS_MADE; do
		dir=$(place "$it")
		read -r -d '' text < "$dir/cpu.stat"
		[ "$VERSION" = 2 ] || text="usage_nsec $(< "$dir/cpuacct.usage") $text"
		echo "group $it" ${EPOCHREALTIME/./} $text
	done
	for it in $TASKS; do
		read -r text < "/proc/${it#*:}/stat"
		read -r text < "/proc/${it#*:}/schedstat"
		echo "task ${it%:*}" ${EPOCHREALTIME/./} ${text%% *}
	done
}

measure() { # WARM SECONDS
	local it
	[ -z "$OWN" ] || task own - '' $OWN
	sleep "$1"; look > /tmp/validation-before
	sleep "$2"; look > /tmp/validation-after
	for it in $TASKS; do kill -9 "${it#*:}"; done
	for it in $TASKS; do while kill -0 "${it#*:}" 2> /dev/null; do sleep 0.1; done; done
	for it in $GROUPS_MADE; do until rmdir "$(place "$it")" 2> /dev/null; do sleep 0.1; done; done
	echo "setup $NAME"
	paste -d' ' /tmp/validation-before /tmp/validation-after | awk '
		function gone(name,    half, i, seen) { # how much a number has grown from the first half to the second
			half = NF / 2
			for (i = 4; i < half; i++) if ($i == name) seen = $(i + half + 1) - $(i + 1)
			return seen + 0
		}
		{ elapsed = $(NF / 2 + 3) - $3 }
		$1 == "group" {
			print $1, $2, elapsed, gone("usage_usec") + int(gone("usage_nsec") / 1000), gone("nr_periods"),
				gone("nr_throttled"), gone("throttled_usec") + int(gone("throttled_time") / 1000)
		}
		$1 == "task" { print $1, $2, elapsed, int(($8 - $4) / 1000) }'
}

echo "kernel $(uname -r), $(nproc) processors"
