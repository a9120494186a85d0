# userland: od - formats, addresses, skipping, strings, what it refuses
t() { echo "$ ${*@Q}"; "$@"; echo "[$?]"; }
printf 'Hello, World!\n\0\1\177\200\377\tabc' > f
t od f
t od -c f
t od -a f
t od -b f
t od -d f
t od -x f
t od -o f
t od -i f
t od -l f
t od -s f
t od -f f
t od -e f
t od -t x1z f
t od -t x1 -t c f
t od -tx2c f
t od -A x -t x1 f
t od -A d f
t od -A n -t x1 f
t od -An -tu1 f
t od -t d8 -t u4 f
t od -t f4 f
t od -t fD f
t od -t xC f
t od -t dS f
t od -t oL f
t od -w8 -c f
t od -w -c f
t od -w7 -t x2 f
t od -j 5 -N 6 -c f
t od -j 100 f
t od -N 0 f
t od -j 0x10 -c f
t od -j 1b f
t od -S 3 f
t od -S3 -A x f
t od --endian=big -t x2 f
t od --endian=little -x f
t od --endian=middle f
head -c 100 /dev/zero > z
t od z
t od -v -w32 z
t od f z
t od -c f +4
t od -c +0x4 f
t od -t q f
t od -t x3 f
t od -t f1 f
t od -A q f
t od -N x f
t od -w0 f
t od -w3x f
t od nosuch
t od f nosuch
t od -Q f
t od --traditional f 2
t od -t
t od -c /dev/null
t od -h f
t od -B f
