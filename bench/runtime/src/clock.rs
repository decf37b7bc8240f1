//! CPU time of this thread, and what is made of many samples.

/// User and system time of this thread in seconds.
pub fn cpu() -> f64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: `clock_gettime` fills the struct that it is given.
    let status = unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) };
    assert_eq!(status, 0, "the thread has a clock");
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

/// Keeps this process, and the server that it starts, on the last of its processors. Else the cost of a call jumps with every
/// move of one of the two: waking the other on its own processor is cheap, on another one it is not.
#[cfg(target_os = "linux")]
pub fn stay_on_one_processor() {
    // SAFETY: all zeros is a valid set, and the calls read and write only that set.
    unsafe {
        let mut set: libc::cpu_set_t = std::mem::zeroed();
        let size = std::mem::size_of::<libc::cpu_set_t>();
        assert_eq!(libc::sched_getaffinity(0, size, &raw mut set), 0, "the processors are known");
        let last = (0..libc::CPU_SETSIZE as usize).rev().find(|cpu| libc::CPU_ISSET(*cpu, &set)).expect("a processor");
        libc::CPU_ZERO(&mut set);
        libc::CPU_SET(last, &mut set);
        assert_eq!(libc::sched_setaffinity(0, size, &raw const set), 0, "the process stays there");
    }
}

/// Other systems have no such call.
#[cfg(not(target_os = "linux"))]
pub fn stay_on_one_processor() {}

/// The value below which `part` of the values lie.
pub fn quantile(values: &[f64], part: f64) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values[((values.len() - 1) as f64 * part).round() as usize]
}

pub fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}
