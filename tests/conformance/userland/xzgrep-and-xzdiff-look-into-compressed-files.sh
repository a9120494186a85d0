# userland: xzgrep, xzegrep, xzfgrep, xzdiff and xzcmp on .xz, .gz and plain files
printf 'a\nb\nhello\n' > f; printf 'a\nc\n' > g; xz -k f; gzip -k f; xz -c g > g.xz
xzgrep b f.xz; xzgrep -c b f.xz g.xz f; xzgrep -l a f.xz g.xz; xzegrep 'a|b' f.xz; xzfgrep a g.xz f.gz; xzgrep -h a f.xz g.xz; xzgrep zz f.xz; echo $?; xzgrep a nosuch; echo $?; xzgrep; echo $?; xzgrep -r a .; echo $?; xzgrep a < f.xz; xzgrep -e a -e b f.xz; xzgrep -i A f.gz g
xzdiff f f.xz; echo $?; xzdiff f.xz g.xz; echo $?; xzcmp f.xz g.xz; echo $?; xzdiff f.xz; echo $?; xzdiff f.gz g.xz; echo $?; xzdiff; echo $?; xzdiff f.xz nosuch; echo $?; xzcmp f.xz f; echo $?
