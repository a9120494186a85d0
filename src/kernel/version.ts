/** Which kernel this is, as uname(2) and the log say it. Linux: init/version.c, include/generated/utsrelease.h. */
export const KERNEL_RELEASE = '6.1.0-56-amd64'
export const KERNEL_VERSION = '#1 SMP PREEMPT_DYNAMIC Debian 6.1.192-2 (2026-11-16)'
