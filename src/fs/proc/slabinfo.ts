/**
 * /proc/slabinfo: the caches of objects that the kernel keeps. Linux: mm/slab_common.c:cache_show(). Objects are counted
 * where there is a table of them.
 */
import { type Kernel, nrKthreads } from '../../kernel/index.ts'

/** Name, size of an object, objects in a slab, pages of a slab. */
const TABLE = `nf_conntrack 256 16 1
fuse_request 152 26 1
fuse_inode 832 19 4
ovl_inode 728 22 4
ext4_groupinfo_4k 184 22 1
ext4_fc_dentry_update 96 42 1
ext4_inode_cache 1192 13 4
ext4_allocation_context 136 30 1
ext4_system_zone 40 102 1
ext4_io_end 64 64 1
ext4_extent_status 40 102 1
jbd2_journal_handle 56 73 1
jbd2_journal_head 120 34 1
jbd2_revoke_table_s 16 256 1
jbd2_revoke_record_s 32 128 1
bio-128 192 21 1
fsverity_info 256 16 1
fscrypt_info 128 32 1
MPTCPv6 2176 15 8
request_sock_subflow_v6 384 21 2
ip6-frags 184 22 1
PINGv6 1216 13 4
RAWv6 1216 13 4
UDPv6 1344 12 4
tw_sock_TCPv6 272 15 1
request_sock_TCPv6 312 13 1
TCPv6 2496 13 8
mqueue_inode_cache 960 17 4
kioctx 576 14 2
userfaultfd_ctx_cache 192 21 1
dnotify_struct 32 128 1
pid_namespace 136 30 1
ip4-frags 200 20 1
MPTCP 1984 16 8
request_sock_subflow_v4 384 21 2
xfrm_dst_cache 320 12 1
xfrm_state 768 21 4
ip_fib_trie 48 85 1
ip_fib_alias 56 73 1
PING 1024 16 4
RAW 1024 16 4
tw_sock_TCP 272 15 1
request_sock_TCP 312 13 1
TCP 2304 14 8
hugetlbfs_inode_cache 664 12 2
dquot 256 16 1
bio-256 320 12 1
ep_head 16 256 1
dax_cache 832 19 4
request_queue_srcu 1360 12 4
request_queue 968 16 4
bio-192 256 16 1
biovec-max 4096 8 8
biovec-128 2048 16 8
biovec-64 1024 16 4
khugepaged_mm_slot 112 36 1
user_namespace 624 13 2
dmaengine-unmap-256 2112 15 8
dmaengine-unmap-128 1088 15 4
sock_inode_cache 832 19 4
skbuff_ext_cache 192 21 1
skbuff_fclone_cache 512 16 2
skbuff_head_cache 256 16 1
file_lock_cache 216 18 1
buffer_head 104 39 1
taskstats 416 19 2
proc_dir_entry 192 21 1
pde_opener 40 102 1
proc_inode_cache 712 23 4
seq_file 120 34 1
sigqueue 80 51 1
bdev_cache 1600 20 8
shmem_inode_cache 784 20 4
kernfs_iattrs_cache 88 46 1
kernfs_node_cache 128 32 1
mnt_cache 320 12 1
filp 256 16 1
inode_cache 640 12 2
dentry 192 21 1
names_cache 4096 8 8
net_namespace 4480 7 8
iint_cache 128 32 1
lsm_inode_cache 32 128 1
lsm_file_cache 24 170 1
uts_namespace 432 18 2
nsproxy 72 56 1
vm_area_struct 152 26 1
files_cache 704 23 4
signal_cache 1152 14 4
sighand_cache 2112 15 8
task_struct 8448 3 8
cred_jar 192 21 1
anon_vma_chain 64 64 1
anon_vma 104 39 1
pid 128 32 1
Acpi-Operand 72 56 1
Acpi-State 80 51 1
shared_policy_node 48 85 1
numa_policy 272 15 1
perf_event 1232 13 4
trace_event_file 96 42 1
ftrace_event_field 56 73 1
maple_node 256 16 1
radix_tree_node 584 14 2
task_group 640 12 2
mm_struct 1152 14 4
vmap_area 64 64 1
dma-kmalloc-8k 8192 4 8
dma-kmalloc-4k 4096 8 8
dma-kmalloc-2k 2048 16 8
dma-kmalloc-1k 1024 16 4
dma-kmalloc-512 512 16 2
dma-kmalloc-256 256 16 1
dma-kmalloc-192 192 21 1
dma-kmalloc-128 128 32 1
dma-kmalloc-96 96 42 1
dma-kmalloc-64 64 64 1
dma-kmalloc-32 32 128 1
dma-kmalloc-16 16 256 1
dma-kmalloc-8 8 512 1
kmalloc-rcl-8k 8192 4 8
kmalloc-rcl-4k 4096 8 8
kmalloc-rcl-2k 2048 16 8
kmalloc-rcl-1k 1024 16 4
kmalloc-rcl-512 512 16 2
kmalloc-rcl-256 256 16 1
kmalloc-rcl-192 192 21 1
kmalloc-rcl-128 128 32 1
kmalloc-rcl-96 96 42 1
kmalloc-rcl-64 64 64 1
kmalloc-rcl-32 32 128 1
kmalloc-rcl-16 16 256 1
kmalloc-rcl-8 8 512 1
kmalloc-cg-8k 8192 4 8
kmalloc-cg-4k 4096 8 8
kmalloc-cg-2k 2048 16 8
kmalloc-cg-1k 1024 16 4
kmalloc-cg-512 512 16 2
kmalloc-cg-256 256 16 1
kmalloc-cg-192 192 21 1
kmalloc-cg-128 128 32 1
kmalloc-cg-96 96 42 1
kmalloc-cg-64 64 64 1
kmalloc-cg-32 32 128 1
kmalloc-cg-16 16 256 1
kmalloc-cg-8 8 512 1
kmalloc-8k 8192 4 8
kmalloc-4k 4096 8 8
kmalloc-2k 2048 16 8
kmalloc-1k 1024 16 4
kmalloc-512 512 16 2
kmalloc-256 256 16 1
kmalloc-192 192 21 1
kmalloc-128 128 32 1
kmalloc-96 96 42 1
kmalloc-64 64 64 1
kmalloc-32 32 128 1
kmalloc-16 16 256 1
kmalloc-8 8 512 1
kmem_cache_node 64 64 1
kmem_cache 256 16 1`

/** How many objects of a cache there are. */
const COUNTS: Readonly<Record<string, (k: Kernel) => number>> = {
  cred_jar: k => k.creds.size,
  dentry: k => k.vfs.dentries.size,
  ext4_inode_cache: k => k.vfs.inodes.size,
  files_cache: k => k.files.size,
  filp: k => k.vfs.openFiles.size,
  mm_struct: k => k.tasks.size - nrKthreads(k),
  mnt_cache: k => k.mounts.size,
  net_namespace: k => k.netNamespaces.size,
  nsproxy: k => k.nsproxies.size,
  pid: k => k.pids.size,
  pid_namespace: k => k.pidNamespaces.size - 1,
  sighand_cache: k => k.sighands.size,
  signal_cache: k => k.tasks.size,
  sock_inode_cache: k => k.unixSockets.size,
  task_struct: k => k.tasks.size,
  user_namespace: k => k.userNamespaces.size - 1,
  uts_namespace: k => k.utsNamespaces.size - 1,
}

const HEAD = `slabinfo - version: 2.1
# name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab> : tunables <limit> <batchcount> <sharedfactor> : slabdata <active_slabs> <num_slabs> <sharedavail>
`

export function showSlabinfo(k: Kernel): string {
  const line = (text: string): string => {
    const [name = '', size = '', perSlab = '', pages = ''] = text.split(' ')
    const count = COUNTS[name]?.(k) ?? 0
    const slabs = Math.ceil(count / Number(perSlab))
    const cells = [count, slabs * Number(perSlab), size].map(it => String(it).padStart(6)).join(' ')
    const tail = [slabs, slabs, 0].map(it => String(it).padStart(6)).join(' ')
    return `${name.padEnd(17)} ${cells} ${perSlab.padStart(4)} ${pages.padStart(4)} : tunables    0    0    0 : slabdata ${tail}\n`
  }
  return HEAD + TABLE.split('\n').map(line).join('')
}
