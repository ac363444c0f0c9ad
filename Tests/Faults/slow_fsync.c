/*
 * Makes every fsync and fdatasync longer by SLOW_FSYNC_MS milliseconds (5 without it), as on a slow disk.
 *
 *   cc -shared -fPIC -O2 -o slow_fsync.so slow_fsync.c -ldl
 *   LD_PRELOAD=./slow_fsync.so SLOW_FSYNC_MS=5 nextalk
 *
 * sync_file_range(2) stays as it is: it makes nothing durable.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <time.h>

static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static struct timespec pause_time;

__attribute__((constructor)) static void set_up(void)
{
    const char *text = getenv("SLOW_FSYNC_MS");
    long milliseconds = text && *text ? strtol(text, NULL, 10) : 5;

    pause_time.tv_sec = milliseconds / 1000;
    pause_time.tv_nsec = milliseconds % 1000 * 1000000;
    real_fsync = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
}

static int slowly(int (*call)(int), int file)
{
    struct timespec left = pause_time;
    int result = call(file), error = errno;

    while (nanosleep(&left, &left) == -1 && errno == EINTR) {
    }
    errno = error;
    return result;
}

int fsync(int file)
{
    return slowly(real_fsync, file);
}

int fdatasync(int file)
{
    return slowly(real_fdatasync, file);
}
