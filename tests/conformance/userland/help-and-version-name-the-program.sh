# userland: first lines of --help and --version
for c in ls cat cp rm mkdir chmod head sort uniq cut tr tee seq env stat date sleep; do $c --help | head -1; done
for c in ls grep sed find ps mount tree bash; do $c --version | head -1; done
