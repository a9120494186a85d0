# userland: tree: -P -I --prune --matchdirs -l --sort --du -h --si -p -u -g -s -D --timefmt --filelimit --metafirst, lines
mkdir -p p/a/b p/c; echo 12345 > p/a/x.txt; echo 1 > p/a/b/y.c; touch p/c/z 'p/c/sp ace' p/.hid p/B p/b10 p/b9; ln -s a p/lnk; ln -s nosuch p/dang; chmod +x p/B; mkfifo p/ff
truncate -s 3000000 p/a/big; touch -d '2024-03-04 05:06:07' p/a/* p/c/* p/a p/c p/B p/b*
tree -P '*.c' p; tree -P '*.c' --prune p; tree -I 'a|c' p; tree -I '*.txt' -I c/ p; tree --matchdirs -P a p; tree --ignore-case -P '*.C' p
tree -l p; tree -v p; tree -r p; tree --dirsfirst p; tree --filesfirst p; tree --sort=size p/a; tree -tr p/c
tree --du p/a; tree --du -h p; tree --si p/a; tree -pugs p/a; tree -D p/a; tree --timefmt %Y p/a; tree -F p; tree -Q p/c
tree --filelimit 2 p; tree --metafirst -p p/c; tree --charset=ascii p/c; LC_ALL=C tree p/c; tree -A p/a | od -c | head -4
tree -if p/; tree -ad p; tree p/a p/c nosuch; echo $?; tree p/dang; tree -aL 2 --noreport p; tree -C p; TREE_COLORS= tree -Cn p/c; tree -o out p/c; cat out
