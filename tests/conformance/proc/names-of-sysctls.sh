# proc: every sysctl but those of the network
sysctl -aN 2>/dev/null | grep -v '^net\.' | sort
