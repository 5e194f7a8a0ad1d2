package io.ticketbridge.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** What doing something so many times took: by the clock, and of this process's processor time. */
record Stopwatch(int times, double seconds, double processorSeconds) {
    static final OperatingSystemMXBean PROCESS = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    static Stopwatch of(int times, Calls.Call work) throws Exception {
        long began = System.nanoTime();
        long spent = PROCESS.getProcessCpuTime();
        work.make();
        return new Stopwatch(times, (System.nanoTime() - began) / 1e9, (PROCESS.getProcessCpuTime() - spent) / 1e9);
    }

    double perSecond() {
        return times / seconds;
    }

    /** Processor time of one, in milliseconds. */
    double processorMillis() {
        return processorSeconds * 1e3 / times;
    }
}
