package io.ticketbridge.bench;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** Remembers the most heap that was still in use after a garbage collection: what the process needs, rather than what it takes. */
final class HeapWatch {
    private final AtomicLong most = new AtomicLong();
    private final List<String> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .toList();

    private HeapWatch() {}

    static HeapWatch start() {
        HeapWatch watch = new HeapWatch();
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector).addNotificationListener((said, nothing) -> watch.take(said), null, null);
        }
        return watch;
    }

    private void take(Notification said) {
        if (said.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            var after = GarbageCollectionNotificationInfo.from((CompositeData) said.getUserData())
                    .getGcInfo()
                    .getMemoryUsageAfterGc();
            most.accumulateAndGet(
                    pools.stream().mapToLong(pool -> after.get(pool).getUsed()).sum(), Math::max);
        }
    }

    /** In bytes; 0 if there was no collection yet. */
    long most() {
        return most.get();
    }
}
