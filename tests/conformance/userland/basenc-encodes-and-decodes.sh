# userland: all encodings, wrapping, garbage
printf 'hello world\xff\xfe' > a
basenc a; echo $?; for f in base64 base64url base32 base32hex base16 base2msbf base2lsbf z85; do echo "$f"; head -c 12 a | basenc --$f; head -c 12 a | basenc --$f -w 10;  head -c 12 a | basenc --$f | basenc --$f -d; echo; done
printf 'hello' | basenc --z85; echo $?; printf 'abc' | basenc --z85 -d; echo $?; printf 'abcde' | basenc --z85 -d | od -c; printf 'HelloWorld' | basenc --z85 -d | od -tx1; printf '~~~~~' | basenc --z85 -d;echo $?; printf '#####' | basenc --z85 -d | od -tx1
printf 'zz' | basenc -d --base16; echo $?; printf '414' | basenc -d --base16; echo $?; printf '4142\n43' | basenc -d --base16; printf '41 42' | basenc -d --base16; printf '41 42' | basenc -di --base16; echo;  printf 'ab' | basenc -d --base16 | od -c
printf '0101' | basenc -d --base2msbf; echo $?; printf '01000001' | basenc -d --base2msbf;  printf '10000010' | basenc -d --base2lsbf; printf '2' | basenc -d --base2lsbf
