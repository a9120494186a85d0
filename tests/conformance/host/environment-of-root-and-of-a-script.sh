# host: env, set, shell options and PATH of a script run by root
env | grep -v ^_ | sort; echo "$-"; shopt | grep -w on; set -o | grep -w on
echo "[$PS1] [$PS2] [$PS4]"; umask; ulimit -n; type ls ll; alias; echo $BASH_VERSION
echo $0 | sed 's/.*\.sh$/CASE/'; pwd; echo "$HISTFILE" "$COLUMNS"; id
sudo env | grep -E '^(PATH|HOME|USER|LOGNAME|SUDO_USER)='
