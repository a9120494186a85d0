/*
 * Carries out sequences of file-system operations and prints, for each operation, what it gave and a digest of every
 * file of every layer: the same that vitrine.ts does on the virtual host. Reads standard input; see operations.ts for
 * the lines. With -v the files themselves are printed. For a throw-away Linux machine, as root.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

#define SLOTS 4
#define BASE "/fuzz"

static int verbose, wide, held[SLOTS] = {-1, -1, -1, -1};

static char *dumped;
static size_t dumped_size, dumped_room;

static void say(const char *text, size_t size)
{
	if (dumped_size + size > dumped_room) {
		dumped_room = 2 * (dumped_size + size);
		dumped = realloc(dumped, dumped_room);
	}
	memcpy(dumped + dumped_size, text, size);
	dumped_size += size;
}

static uint32_t fnv(const char *bytes, size_t size)
{
	uint32_t hash = 2166136261u;
	for (size_t i = 0; i < size; i++)
		hash = (hash ^ (unsigned char)bytes[i]) * 16777619u;
	return hash;
}

/* Inode numbers are told apart, not told. */
static struct { dev_t dev; ino_t ino; } seen[4096];
static int seen_count;

/* In an index directory, whose order is that of file handles, only what was met elsewhere has a number. */
static int in_index;

static int number_of(const struct stat *st)
{
	for (int i = 0; i < seen_count; i++)
		if (seen[i].ino == st->st_ino && seen[i].dev == st->st_dev)
			return i;
	if (in_index)
		return -1;
	if (seen_count < 4096) {
		seen[seen_count].dev = st->st_dev;
		seen[seen_count++].ino = st->st_ino;
	}
	return seen_count - 1;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void dump_xattrs(const char *path)
{
	char names[4096], line[8192], *sorted[64];
	int count = 0;
	ssize_t size = llistxattr(path, names, sizeof names);
	for (char *name = names; size > 0 && name < names + size && count < 64; name += strlen(name) + 1)
		sorted[count++] = name;
	qsort(sorted, count, sizeof *sorted, by_name);
	for (int i = 0; i < count; i++) {
		char value[512];
		ssize_t length = lgetxattr(path, sorted[i], value, sizeof value);
		/* What holds a file handle differs from disk to disk. */
		int is_handle = strstr(sorted[i], "overlay.origin") || strstr(sorted[i], "overlay.upper");
		int at = sprintf(line, " %s=", sorted[i]);
		if (is_handle)
			at += sprintf(line + at, "*");
		else
			for (ssize_t k = 0; k < length; k++)
				at += sprintf(line + at, "%02x", (unsigned char)value[k]);
		say(line, at);
	}
}

static uint32_t content_of(const char *path)
{
	static char bytes[1 << 20];
	int fd = open(path, O_RDONLY);
	ssize_t size = fd < 0 ? 0 : read(fd, bytes, sizeof bytes);
	if (fd >= 0)
		close(fd);
	return fd < 0 ? (uint32_t)errno : fnv(bytes, size > 0 ? size : 0);
}

static void dump(const char *path, const char *shown);

/* The entries of an index in the order of what they are. */
static void dump_index(const char *path, char **names, int count)
{
	size_t start = dumped_size;
	in_index = 1;
	for (int i = 0; i < count; i++) {
		char below[4096];
		snprintf(below, sizeof below, "%s/%s", path, names[i]);
		free(names[i]);
		dump(below, "work/index/#");
		names[i] = strndup(dumped + start, dumped_size - start);
		dumped_size = start;
	}
	in_index = 0;
	qsort(names, count, sizeof *names, by_name);
	for (int i = 0; i < count; i++) {
		say(names[i], strlen(names[i]));
		free(names[i]);
	}
}

static void dump(const char *path, const char *shown)
{
	struct stat st;
	char line[8192], target[4096];
	int at;
	if (lstat(path, &st)) {
		at = sprintf(line, "%s error %d\n", shown, errno);
		say(line, at);
		return;
	}
	at = sprintf(line, "%s %o %d:%d n%d i%d", shown, st.st_mode, st.st_uid, st.st_gid, (int)st.st_nlink,
		     number_of(&st));
	if (S_ISREG(st.st_mode))
		at += sprintf(line + at, " s%ld c%u", (long)st.st_size, content_of(path));
	if (S_ISCHR(st.st_mode) || S_ISBLK(st.st_mode))
		at += sprintf(line + at, " d%d,%d", major(st.st_rdev), minor(st.st_rdev));
	if (S_ISLNK(st.st_mode)) {
		ssize_t size = readlink(path, target, sizeof target - 1);
		target[size < 0 ? 0 : size] = 0;
		at += sprintf(line + at, " -> %s", target);
	}
	if (st.st_mtime < 1000000000)
		at += sprintf(line + at, " t%ld", (long)st.st_mtime);
	say(line, at);
	dump_xattrs(path);
	say("\n", 1);
	if (!S_ISDIR(st.st_mode))
		return;

	char *names[1024];
	int count = 0;
	DIR *directory = opendir(path);
	if (!directory) {
		at = sprintf(line, "%s opendir %d\n", shown, errno);
		say(line, at);
		return;
	}
	for (struct dirent *it; (it = readdir(directory)) && count < 1024;)
		if (strcmp(it->d_name, ".") && strcmp(it->d_name, ".."))
			names[count++] = strdup(it->d_name);
	closedir(directory);
	qsort(names, count, sizeof *names, by_name);
	int is_index = !strcmp(shown, "work/index");
	if (is_index) {
		dump_index(path, names, count);
		return;
	}
	for (int i = 0; i < count; i++) {
		char below[4096], below_shown[4096];
		snprintf(below, sizeof below, "%s/%s", path, names[i]);
		snprintf(below_shown, sizeof below_shown, "%s/%s", shown, names[i][0] == '#' ? "#" : names[i]);
		dump(below, below_shown);
		free(names[i]);
	}
}

static void dump_all(void)
{
	static const char *const trees[] = {"l1", "l2", "l3", "up", "work", "m", "n"};
	dumped_size = 0;
	seen_count = 0;
	for (size_t i = 0; i < (wide ? 7 : 6); i++) {
		char path[64];
		snprintf(path, sizeof path, BASE "/%s", trees[i]);
		dump(path, trees[i]);
	}
}

static char *fill(char c, int size)
{
	static char bytes[1 << 17];
	memset(bytes, c, sizeof bytes);
	(void)size;
	return bytes;
}

static long result(long value)
{
	return value < 0 ? -errno : value;
}

static long with_file(const char *path, int flags, long (*act)(int, long, long, long), long a, long b, long c)
{
	int fd = open(path, flags | O_NONBLOCK, 0644);
	if (fd < 0)
		return -errno;
	long value = result(act(fd, a, b, c));
	close(fd);
	return value;
}

static long act_write(int fd, long offset, long size, long c)
{
	return offset < 0 ? write(fd, fill(c, size), size) : pwrite(fd, fill(c, size), size, offset);
}

static long act_read(int fd, long a, long b, long c)
{
	static char bytes[1 << 20];
	(void)a, (void)b, (void)c;
	ssize_t size = read(fd, bytes, sizeof bytes);
	return size < 0 ? size : (long)(fnv(bytes, size) & 0x7fffffff);
}

static long act_nothing(int fd, long a, long b, long c)
{
	return (void)fd, (void)a, (void)b, (void)c, 0;
}

static long set_times(const char *path, long seconds)
{
	struct timespec times[2] = {{seconds, 0}, {seconds, 0}};
	return result(utimensat(AT_FDCWD, path, times, AT_SYMLINK_NOFOLLOW));
}

static long act_fallocate(int fd, long mode, long offset, long length)
{
	return fallocate(fd, mode, offset, length);
}

static long act_chattr(int fd, long flags, long b, long c)
{
	int old, new;
	(void)b, (void)c;
	if (ioctl(fd, FS_IOC_GETFLAGS, &old))
		return -1;
	new = (old & ~(FS_IMMUTABLE_FL | FS_APPEND_FL | FS_NODUMP_FL | FS_NOATIME_FL)) | flags;
	return ioctl(fd, FS_IOC_SETFLAGS, &new);
}

/* An access list with an entry for user 1000, or, for odd numbers, without the mask it needs. */
static long set_acl(const char *path, const char *kind, long number)
{
	struct { uint16_t tag, perm; uint32_t id; } entries[5] = {
		{1, 7, -1}, {2, number & 7, 1000}, {4, 5, -1}, {0x10, 6, -1}, {0x20, 4, -1},
	};
	struct { uint32_t version; char entries[sizeof entries]; } value = {2};
	char name[64];
	int count = 5;
	if (number == 7)
		entries[3] = entries[4], count = 4;
	memcpy(value.entries, entries, sizeof entries);
	snprintf(name, sizeof name, "system.posix_acl_%s", kind);
	return result(lsetxattr(path, name, &value, 4 + 8 * count, 0));
}

static void release(void)
{
	for (int i = 0; i < SLOTS; i++) {
		if (held[i] >= 0)
			close(held[i]);
		held[i] = -1;
	}
}

static void start(const char *kind, int is_wide)
{
	release();
	chdir("/");
	while (!umount2(BASE "/n", MNT_DETACH))
		;
	while (!umount2(BASE "/m", MNT_DETACH))
		;
	while (!umount2(BASE "/l2", MNT_DETACH))
		;
	while (!umount2(BASE, MNT_DETACH))
		;
	if (wide)
		system("chattr -R -f -ia " BASE);
	system("rm -rf " BASE);
	mkdir(BASE, 0755);
	if (!strcmp(kind, "tmpfs"))
		mount("t", BASE, "tmpfs", 0, "mode=755");
	chdir(BASE);
	for (const char *const *it = (const char *const[]){"l1", "l2", "l3", "up", "work", "m", 0}; *it; it++)
		mkdir(*it, 0755);
	wide = is_wide;
	if (wide)
		mkdir("n", 0755);
	if (!strcmp(kind, "mixed"))
		mount("t", BASE "/l2", "tmpfs", 0, "mode=755");
}

#define IS(text) (!strcmp(w[0], text))
#define N(i) strtol(w[i], 0, 0)

static long carry_out(char **w)
{
	int slot = w[1] && w[1][0] >= '0' && w[1][0] < '0' + SLOTS ? w[1][0] - '0' : 0;
	if (IS("open"))
		return with_file(w[1], N(2), act_nothing, 0, 0, 0);
	if (IS("write"))
		return with_file(w[1], O_WRONLY, act_write, N(2), N(3), w[4][0]);
	if (IS("append"))
		return with_file(w[1], O_WRONLY | O_APPEND, act_write, -1, N(2), w[3][0]);
	if (IS("read"))
		return with_file(w[1], O_RDONLY, act_read, 0, 0, 0);
	if (IS("truncate"))
		return result(truncate(w[1], N(2)));
	if (IS("chmod"))
		return result(chmod(w[1], N(2)));
	if (IS("lchown"))
		return result(lchown(w[1], N(2), N(3)));
	if (IS("link"))
		return result(linkat(AT_FDCWD, w[1], AT_FDCWD, w[2], 0));
	if (IS("symlink"))
		return result(symlink(w[1], w[2]));
	if (IS("rename"))
		return result(syscall(SYS_renameat2, AT_FDCWD, w[1], AT_FDCWD, w[2], N(3)));
	if (IS("unlink"))
		return result(unlink(w[1]));
	if (IS("rmdir"))
		return result(rmdir(w[1]));
	if (IS("mkdir"))
		return result(mkdir(w[1], N(2)));
	if (IS("mknod"))
		return result(mknod(w[1], N(2), makedev(N(3), N(4))));
	if (IS("setxattr"))
		return result(lsetxattr(w[1], w[2], w[3], strlen(w[3]), N(4)));
	if (IS("removexattr"))
		return result(lremovexattr(w[1], w[2]));
	if (IS("utimes"))
		return set_times(w[1], N(2));
	if (IS("mount"))
		return result(mount("overlay", "m", "overlay", N(2), w[1]));
	if (IS("remount"))
		return result(mount("overlay", "m", "overlay", MS_REMOUNT | N(2), w[1]));
	if (IS("nest"))
		return result(mount("overlay", "n", "overlay", 0, w[1]));
	if (IS("unnest"))
		return result(umount2("n", 0));
	if (IS("acl"))
		return set_acl(w[1], w[2], N(3));
	if (IS("chattr"))
		return with_file(w[1], O_RDONLY, act_chattr, N(2), 0, 0);
	if (IS("fallocate"))
		return with_file(w[1], O_WRONLY, act_fallocate, N(2), N(3), N(4));
	if (IS("umount"))
		return result(umount2("m", N(1)));
	if (IS("hold")) {
		if (held[slot] >= 0)
			close(held[slot]);
		held[slot] = open(w[2], N(3) | O_NONBLOCK, 0644);
		return held[slot] < 0 ? -errno : 0;
	}
	if (IS("hwrite"))
		return result(act_write(held[slot], -1, N(2), w[3][0]));
	if (IS("hread"))
		return lseek(held[slot], 0, SEEK_SET) < 0 ? -errno : result(act_read(held[slot], 0, 0, 0));
	if (IS("htruncate"))
		return result(ftruncate(held[slot], N(2)));
	if (IS("hchmod"))
		return result(fchmod(held[slot], N(2)));
	if (IS("hstat")) {
		struct stat st;
		return fstat(held[slot], &st) ? -errno : (long)st.st_nlink * 1000000 + st.st_size;
	}
	if (IS("hclose")) {
		int value = close(held[slot]);
		held[slot] = -1;
		return result(value);
	}
	return -ENOSYS;
}

int main(int argc, char **argv)
{
	static char line[1 << 16];
	verbose = argc > 1 && !strcmp(argv[1], "-v");
	umask(022);
	for (int number = 0; fgets(line, sizeof line, stdin);) {
		char *words[8] = {0};
		static char copy[1 << 16];
		int count = 0;
		line[strcspn(line, "\n")] = 0;
		snprintf(copy, sizeof copy, "%s", line);
		for (char *word = strtok(line, " "); word && count < 8; word = strtok(0, " "))
			words[count++] = word;
		if (!count)
			continue;
		if (!strcmp(words[0], "sequence")) {
			number = 0;
			start(words[2], words[3] != 0);
			printf("sequence %s\n", words[1]);
			continue;
		}
		long value = carry_out(words);
		dump_all();
		printf("%d %ld %08x\n", number++, value, fnv(dumped, dumped_size));
		if (verbose) {
			printf("# %s\n", copy);
			fwrite(dumped, 1, dumped_size, stdout);
		}
		fflush(stdout);
	}
	start("none", 0);
	return 0;
}
