# userland: file -f, -0, -E, - and texts in several encodings
printf 'a\r\n' > crlf; printf '\xff\xfea\0b\0\n\0' > u16; printf '\xfe\xff\0a\0b' > u16b; printf 'caf\xc3\xa9\n' > u8; printf '\xff\xf0\x80' > d; : > e; printf '#!/bin/sh\n' > sc; printf '{"a": 1}\n' > j; mkfifo p; mkdir -m 1777 t; ln -s nosuch dang; ln -s e l
file crlf u16 u16b u8 e sc j p t dang l; file - < u8; file -b - < e; printf 'e\nu8\n' | file -f -; file -f nosuch; echo $?; file -f /dev/stdin e <<< sc
file -0 e u8 | od -c | head -2; file -00 e | od -c; file -N e crlf; file -F ' =' e; file -E nosuch e; echo $?; file nosuch; echo $?; file -i u16 u8 e t; file -b --mime-encoding u16 u8 crlf; file -L l; file -h l; file; echo $?; file -z e
