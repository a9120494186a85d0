mkdir -p /tmp/lab && cd /tmp/lab
mkdir lower upper work merged
for name in keep change delete; do echo "from the image" > lower/$name; done
mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work merged
