# overlay: trusted.overlay.opaque=y on an upper or a lower directory hides what is below
mkdir -p l1/d l2/d l2/e u/d u/e w m; touch l2/d/x l2/e/y u/d/new l1/d/z
o() { mount -t overlay overlay -o lowerdir=l1:l2,upperdir=u,workdir=w m; ls m/d m/e; umount m; }
setfattr -n trusted.overlay.opaque -v y u/d; setfattr -n trusted.overlay.opaque -v n u/e
o; setfattr -x trusted.overlay.opaque u/d; o; setfattr -n trusted.overlay.opaque -v y l1/d; o
setfattr -n trusted.overlay.opaque -v y u; o
