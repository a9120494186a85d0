# userland: tree -J, -X, and its own messages about the command line
mkdir -p p/a/b 'p/q"<&'; echo 1 > p/a/x; ln -s a p/l; ln -s no p/dang; mkfifo p/f; mknod p/n c 1 3
t() { "$@"; echo "[$?]"; }
t tree -J p; t tree -X p; t tree -J p p/a; t tree -X p nosuch; t tree -J p nosuch; t tree -Jpugs p/a; t tree -Xsp p/a; t tree -JD --timefmt %Y p/a; t tree -J --du p/a; t tree -X --du p/a; t tree -J --filelimit 1 p; t tree -X --filelimit 1 p
t tree -J -f p/a; t tree -J -d p; t tree -X -l p; t tree -J -L 1 --noreport p
for o in -L -P -I -o; do t tree $o; done; t tree --sort; t tree --filelimit; t tree --timefmt
t tree -L 0 p; t tree -L x p; t tree -L1 p; t tree --sort=foo p; t tree -o /no/x p; t tree --nosuch; t tree -Z p; tree --help | head -1; tree --version
