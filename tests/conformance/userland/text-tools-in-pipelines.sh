# userland: the pipelines of tutorials: count, pick, top of a list
cut -d: -f7 /etc/passwd | sort | uniq -c | sort -rn | awk '{print $2}' | head -2
grep -v '^#' /etc/hosts | wc -l; ls /proc/self/ns | tr '\n' ' '; echo
cat /etc/passwd | grep -c nologin | head -1 > n; [ "$(cat n)" -gt 5 ] && echo many
printf 'b 2\na 1\n' | sort | while read k v; do echo "$k=$v"; done
cat /proc/mounts | awk '$2 == "/" {print $3}'; ps -e -o comm= | grep -x bash | sort -u
mount | grep -c '^proc '; head -c 20 /etc/os-release | tr -d '\n"'; echo
echo $(seq 3) | xargs -n1 | tail -1
