# userland: what programs say that read a closed standard input
for c in cat head tail wc cut\ -c1 nl tac fold fmt expand unexpand od tee md5sum cksum sum shuf sort uniq join\ -\ f comm\ -\ f pr stat\ - numfmt xargs\ echo column gzip 'sed p' 'awk 1' 'grep x' 'col' 'cpio -o'; do echo "== $c"; echo x > f; $c <&-; echo $?; done 2>&1
