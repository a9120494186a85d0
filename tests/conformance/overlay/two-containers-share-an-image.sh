# overlay: two overlays with the same lower layers
mkdir -p image/{base,app} c1/{upper,work,merged} c2/{upper,work,merged}; mkdir image/base/{bin,etc}
echo base > image/base/etc/release; echo cfg1 > image/base/etc/cfg; echo cfg2 > image/app/app.conf; mkdir image/app/etc
echo appcfg > image/app/etc/cfg
for c in c1 c2; do mount -t overlay $c -o lowerdir=image/app:image/base,upperdir=$c/upper,workdir=$c/work $c/merged; done
cat c?/merged/etc/*; echo c1 > c1/merged/etc/cfg; cat c?/merged/etc/cfg; rm -rf c2/merged/etc
ls -lR c2/upper | grep -v total | awk '{print $1,$5,$6,$NF}'; mkdir c2/merged/etc; ls c2/merged/etc
getfattr -m - -d c2/upper/etc; findmnt -t overlay -o TARGET,SOURCE,FSTYPE,OPTIONS; findmnt -lnt overlay -o TARGET
lsblk 2>/dev/null | grep -c overlay; umount c1/merged c2/merged; tar -C c2/upper -cf layer.tar .
tar tvf layer.tar | awk '{print $1,$2,$3,$4,$NF}' | sed 's/0,0.*/dev/'
tar --xattrs --xattrs-include='*' -C c1/upper -cf l.tar .; mkdir x; tar --xattrs --xattrs-include='*' -xf l.tar -C x
getfattr -R -d -m - x | grep -v origin
