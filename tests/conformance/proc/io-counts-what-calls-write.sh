# proc: /proc/PID/io counts the bytes and calls of writes, of the process itself only
bash -c 'echo hello > f; printf abc > f; grep -E "^(wchar|syscw|write_bytes)" /proc/$$/io | head -2; :'
bash -c 'cat f > g; grep ^wchar /proc/$$/io; :'
