# namespaces: pid and user namespaces nest 32 deep and no deeper
cat > p.sh <<'X'
n=$1; if ! unshare -pf true 2>/dev/null; then unshare -pf true; echo pid depth $n; grep -o 'NSpid.*' /proc/self/status | wc -w; exit; fi
unshare -pf bash p.sh $((n + 1))
X
bash p.sh 0
cat > u.sh <<'X'
n=$1; if ! unshare -Ur true 2>/dev/null; then unshare -Ur true; echo user depth $n; exit; fi
unshare -Ur bash u.sh $((n + 1))
X
bash u.sh 0
