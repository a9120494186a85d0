# userland: locale - names, charmap, categories and keywords, locales that are not there
locale; echo $?
locale -a
LC_ALL=C locale | tail -3
LC_ALL= LANG=en_US.UTF-8 locale
LANG= locale | head -4
LC_MESSAGES=de_DE.UTF-8 locale
LC_ALL=de_DE.UTF-8 locale | tail -2
locale charmap; LC_ALL=C locale charmap
locale LC_NUMERIC; locale -k LC_NUMERIC
locale -ck LC_MESSAGES; locale LC_MESSAGES
locale decimal_point; locale -k decimal_point; locale -ck decimal_point
locale nosuch; echo $?
locale -z; echo $?
locale abday; locale -k d_fmt t_fmt d_t_fmt; locale day abmon mon am_pm
locale date_fmt yesexpr noexpr; locale LC_PAPER LC_MEASUREMENT
