# cgroup-v2: domain, threaded, domain threaded and domain invalid
cd /sys/fs/cgroup; mkdir -p a/b/c a/d; types() { for g in a a/b a/b/c a/d; do [ -d $g ] && echo "$g $(cat $g/cgroup.type)"; done; }
types; echo threaded > a/b/cgroup.type; types
echo threaded > a/b/c/cgroup.type; echo "below a threaded one: $?"; types; mkdir a/e; cat a/e/cgroup.type
echo domain > a/b/cgroup.type; echo "back: $?"; echo 'domain threaded' > a/cgroup.type; echo $?; echo > a/d/cgroup.type; echo $?
echo ' threaded ' > a/d/cgroup.type; echo "with blanks: $?"; rmdir a/b/c a/b a/d a/e; types; cat cgroup.type
