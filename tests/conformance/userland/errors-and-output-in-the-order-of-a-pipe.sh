# userland: which programs write their output before the error of the next file, and which at their end
echo text > f; mkdir d
for c in cat head wc 'grep t' ls 'stat -c %n' 'sed p' 'cut -c1' sort 'tail -n1' 'du -a' 'find' 'md5sum' 'readlink -f' 'uniq' 'awk 1' 'tac' 'nl'; do
	$c f nosuch d f 2>&1 | sed "s/^/$c: /"; done
