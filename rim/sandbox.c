/*
 * prctl(2), and Landlock and seccomp by their system calls: a library for either would be larger than
 * what is here (docs/decisions/0015-sandbox-by-hand.md).
 *
 * The filter is a list of rules, tried in order; the first that fits decides. Numbers that the kernel
 * does not have on this processor are left out of the list.
 */
#include "rim/sandbox.h"

#include <asm/ioctls.h>
#include <asm/termbits.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__) && !defined(__ILP32__)
#define OUR_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__) && defined(__AARCH64EL__) && !defined(__ILP32__)
#define OUR_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

/* Numbers of another calling convention of the same processor (x32) begin here. */
#define FOREIGN_NUMBER 0x40000000u

#define ALLOW  SECCOMP_RET_ALLOW
#define KILL   SECCOMP_RET_KILL_PROCESS
#define REFUSE (SECCOMP_RET_ERRNO | EPERM)

/* Any flag of open(2) by which something could be written. */
#define OPEN_WRITES (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND)

/* SOCK_STREAM, SOCK_RAW, SOCK_SEQPACKET are odd, SOCK_DGRAM is not. */
#define SOCKET_NOT_DATAGRAM 1

enum test {
    ALWAYS,
    EQUALS,   /* the argument is the value */
    HAS_BITS, /* the argument has a bit of the value */
};

struct rule {
    long number;
    enum test test;
    unsigned argument; /* which; the kernel takes its low 32 bits in each call below */
    uint32_t value;
    uint32_t action;
};

#define DANGEROUS(name)                                                                            \
    {                                                                                              \
        .number = SYS_##name, .action = KILL                                                       \
    }
#define HARMLESS(name)                                                                             \
    {                                                                                              \
        .number = SYS_##name, .action = ALLOW                                                      \
    }

/* What neither end ever does again. */
static const struct rule dangerous[] = {
    DANGEROUS(execve),
    DANGEROUS(execveat),
    DANGEROUS(ptrace),
    DANGEROUS(bpf),
    DANGEROUS(io_uring_setup),
    DANGEROUS(io_uring_enter),
    DANGEROUS(io_uring_register),
    DANGEROUS(add_key),
    DANGEROUS(request_key),
    DANGEROUS(keyctl),
    DANGEROUS(process_vm_readv),
    DANGEROUS(process_vm_writev),
    { SYS_openat, HAS_BITS, 2, OPEN_WRITES, KILL },
#ifdef SYS_open
    { SYS_open, HAS_BITS, 1, OPEN_WRITES, KILL },
    DANGEROUS(creat),
#endif
    /* Its flags are out of a filter's sight. */
    { .number = SYS_openat2, .action = REFUSE },
    { SYS_mmap, HAS_BITS, 2, PROT_EXEC, REFUSE },
    { SYS_mprotect, HAS_BITS, 2, PROT_EXEC, REFUSE },
};

/* What a client does; what it does often comes first. */
static const struct rule needed[] = {
    HARMLESS(read),
    HARMLESS(write),
    HARMLESS(recvmmsg),
    HARMLESS(sendmsg),
    HARMLESS(epoll_pwait),
    HARMLESS(epoll_ctl),
    HARMLESS(timerfd_settime),
    HARMLESS(clock_gettime),
    HARMLESS(mmap),
    HARMLESS(munmap),
    HARMLESS(brk),
#ifdef SYS_epoll_wait
    HARMLESS(epoll_wait),
    HARMLESS(poll),
#endif
    HARMLESS(epoll_pwait2),
    HARMLESS(epoll_create1),
    HARMLESS(timerfd_create),
    HARMLESS(timerfd_gettime),
    HARMLESS(eventfd2),
    HARMLESS(ppoll),
    HARMLESS(readv),
    HARMLESS(writev),
    HARMLESS(recvmsg),
    HARMLESS(recvfrom),
    HARMLESS(sendmmsg),
    HARMLESS(sendto),
    HARMLESS(close),
    HARMLESS(fcntl),
    HARMLESS(lseek),
    HARMLESS(ftruncate),
    HARMLESS(fstat),
    { SYS_newfstatat, EQUALS, 3, AT_EMPTY_PATH, ALLOW },
    { SYS_socket, HAS_BITS, 1, SOCKET_NOT_DATAGRAM, REFUSE },
    { SYS_socket, EQUALS, 0, AF_INET, ALLOW },
    { SYS_socket, EQUALS, 0, AF_INET6, ALLOW },
    HARMLESS(bind),
    HARMLESS(getsockname),
    HARMLESS(getsockopt),
    { SYS_setsockopt, EQUALS, 1, SOL_SOCKET, ALLOW },
    { SYS_setsockopt, EQUALS, 1, IPPROTO_IP, ALLOW },
    { SYS_setsockopt, EQUALS, 1, IPPROTO_IPV6, ALLOW },
    { SYS_ioctl, EQUALS, 1, TCGETS, ALLOW },
    { SYS_ioctl, EQUALS, 1, TCSETS, ALLOW },
    { SYS_ioctl, EQUALS, 1, TCSETSW, ALLOW },
    { SYS_ioctl, EQUALS, 1, TCSETSF, ALLOW },
    { SYS_ioctl, EQUALS, 1, (uint32_t)TCGETS2, ALLOW },
    { SYS_ioctl, EQUALS, 1, (uint32_t)TCSETS2, ALLOW },
    { SYS_ioctl, EQUALS, 1, (uint32_t)TCSETSW2, ALLOW },
    { SYS_ioctl, EQUALS, 1, (uint32_t)TCSETSF2, ALLOW },
    { SYS_ioctl, EQUALS, 1, TIOCGWINSZ, ALLOW },
    { SYS_ioctl, EQUALS, 1, TIOCGPGRP, ALLOW },
    { SYS_ioctl, EQUALS, 1, FIONBIO, ALLOW },
    HARMLESS(mprotect),
    HARMLESS(mremap),
    HARMLESS(madvise),
    HARMLESS(mlock),
    HARMLESS(munlock),
    HARMLESS(futex),
    HARMLESS(getrandom),
    HARMLESS(gettimeofday),
    HARMLESS(clock_nanosleep),
    HARMLESS(rt_sigaction),
    HARMLESS(rt_sigprocmask),
    HARMLESS(rt_sigreturn),
    HARMLESS(sigaltstack),
    HARMLESS(restart_syscall),
    HARMLESS(kill), /* to be stopped with our process group, and ssh at the end */
    HARMLESS(tgkill),
    HARMLESS(getpid),
    HARMLESS(gettid),
    HARMLESS(getuid),
    HARMLESS(geteuid),
    HARMLESS(wait4),
    HARMLESS(waitid),
    HARMLESS(sched_yield),
    HARMLESS(rseq),
    HARMLESS(exit),
    HARMLESS(exit_group),
};

#define COUNT(rules)     (sizeof(rules) / sizeof(rules)[0])
#define RULE_STEPS       5 /* at most, each */
#define FRAME_STEPS      7 /* before the rules, and the default behind them */
#define PROGRAM_MAX_SIZE ((COUNT(dangerous) + COUNT(needed)) * RULE_STEPS + FRAME_STEPS)

/* A filter being written. */
struct program {
    size_t size;
    struct sock_filter step[PROGRAM_MAX_SIZE];
};

static void
add(struct program *p, uint16_t code, uint32_t value, uint8_t if_true, uint8_t if_false)
{
    p->step[p->size++] = (struct sock_filter){ code, if_true, if_false, value };
}

static void
add_load(struct program *p, size_t offset)
{
    add(p, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0);
}

static void
add_rules(struct program *p, const struct rule *rules, size_t count)
{
    for (const struct rule *r = rules; r < rules + count; r++) {
        bool is_conditional = r->test != ALWAYS;
        uint16_t jump = r->test == HAS_BITS ? BPF_JSET : BPF_JEQ;
        add(p, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)r->number, 0, is_conditional ? 4 : 1);
        if (is_conditional) {
            /* The first byte is the lowest of a little-endian argument. */
            add_load(p, offsetof(struct seccomp_data, args) + r->argument * sizeof(uint64_t));
            add(p, (uint16_t)(BPF_JMP | jump | BPF_K), r->value, 0, 1);
        }
        add(p, BPF_RET | BPF_K, r->action, 0, 0);
        if (is_conditional)
            add_load(p, offsetof(struct seccomp_data, nr));
    }
}

#ifdef OUR_ARCHITECTURE
static enum skua_err
filter_calls(const struct rule *rules, size_t count, uint32_t otherwise, struct fail *why)
{
    struct program p = { 0 };
    add_load(&p, offsetof(struct seccomp_data, arch));
    add(&p, BPF_JMP | BPF_JEQ | BPF_K, OUR_ARCHITECTURE, 1, 0);
    add(&p, BPF_RET | BPF_K, KILL, 0, 0);
    add_load(&p, offsetof(struct seccomp_data, nr));
    add(&p, BPF_JMP | BPF_JGE | BPF_K, FOREIGN_NUMBER, 0, 1);
    add(&p, BPF_RET | BPF_K, KILL, 0, 0);
    add_rules(&p, dangerous, COUNT(dangerous));
    add_rules(&p, rules, count);
    add(&p, BPF_RET | BPF_K, otherwise, 0, 0);
    const struct sock_fprog filter = { .len = (unsigned short)p.size, .filter = p.step };
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) < 0)
        return fail_set(why, SKUA_ERR_SYSTEM, errno, "filter our system calls");
    return SKUA_OK;
}
#else
static enum skua_err
filter_calls(const struct rule *rules, size_t count, uint32_t otherwise, struct fail *why)
{
    (void)rules, (void)count, (void)otherwise, (void)add_rules;
    return fail_set(why, SKUA_ERR_SYSTEM, 0, "no filter of system calls for this processor");
}
#endif

/*
 * Landlock, as of its sixth version, in the order in which the kernel learned of each: newer than the
 * headers that we are built with may be. landlock(7).
 */
struct landlock_refused {
    uint64_t files, ports, scopes;
};

#define LANDLOCK_ASK_VERSION     1u
#define LANDLOCK_TCP             3u /* bind and connect; since version 4 */
#define LANDLOCK_ABSTRACT_SOCKET 1u /* since version 6 */

/* Rights of files by version: 1, then rename, truncate, (nothing), device control. */
static const unsigned file_rights[] = { 0, 13, 14, 15, 15, 16 };

/*
 * Scoped signals are left alone: they would keep us from stopping the process group that we are in,
 * which a suspended client has to.
 */
static enum skua_err
forsake_files(struct fail *why)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_ASK_VERSION);
    if (version < 1)
        return fail_set(why, SKUA_ERR_SYSTEM, errno, "this kernel has no Landlock");
    size_t known = COUNT(file_rights) - 1;
    size_t at = (size_t)version < known ? (size_t)version : known;
    struct landlock_refused refused = { .files = (UINT64_C(1) << file_rights[at]) - 1 };
    size_t size = sizeof refused.files;
    if (version >= 4) {
        refused.ports = LANDLOCK_TCP;
        size += sizeof refused.ports;
    }
    if (version >= 6) {
        refused.scopes = LANDLOCK_ABSTRACT_SOCKET;
        size += sizeof refused.scopes;
    }
    int rules = (int)syscall(SYS_landlock_create_ruleset, &refused, size, 0);
    long done = rules < 0 ? -1 : syscall(SYS_landlock_restrict_self, rules, 0);
    int reason = errno;
    if (rules >= 0)
        close(rules);
    return done < 0 ? fail_set(why, SKUA_ERR_SYSTEM, reason, "give up all files") : SKUA_OK;
}

static enum skua_err
forsake_privileges(struct fail *why)
{
    if (getenv("SKUA_NO_SANDBOX") != NULL)
        return fail_set(why, SKUA_ERR_SYSTEM, 0, "SKUA_NO_SANDBOX is set");
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
        return fail_set(why, SKUA_ERR_SYSTEM, errno, "give up new privileges");
    return SKUA_OK;
}

enum skua_err
sandbox_client(struct fail *why)
{
    enum skua_err privileges = forsake_privileges(why);
    if (privileges != SKUA_OK)
        return privileges; /* the others build on it */
    enum skua_err files = forsake_files(why);
    enum skua_err calls = filter_calls(needed, COUNT(needed), REFUSE, why);
    return files != SKUA_OK ? files : calls;
}

enum skua_err
sandbox_server(struct fail *why)
{
    enum skua_err privileges = forsake_privileges(why);
    if (privileges != SKUA_OK)
        return privileges;
    return filter_calls(NULL, 0, ALLOW, why);
}
