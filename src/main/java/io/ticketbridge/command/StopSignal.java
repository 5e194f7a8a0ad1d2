package io.ticketbridge.command;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for TERM or INT. They are taken before the JVM's own shutdown begins: its hooks run all at once, and H2's would close
 * the ledger under a delivery that is still ending. A second signal ends the process at once. Close it last of all.
 */
final class StopSignal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);
    private static final int LONGEST_END_SECONDS = 30;

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    private final AtomicBoolean signalled = new AtomicBoolean();

    StopSignal() {}

    static StopSignal take() {
        StopSignal signal = new StopSignal();
        try {
            signal.handle("TERM");
            signal.handle("INT");
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.debug("Signals can't be taken; a shutdown hook waits for the end instead", e);
            Runtime.getRuntime().addShutdownHook(new Thread(signal::stopAndWait, "stop"));
        }
        return signal;
    }

    /** Returns when the process was asked to stop. */
    void await() {
        await(Duration.ofMillis(Long.MAX_VALUE));
    }

    /** @return whether it was asked to stop within this time */
    boolean await(Duration longest) {
        try {
            return stopped.await(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** As a signal does it. */
    void ask() {
        stopped.countDown();
    }

    boolean isAsked() {
        return stopped.getCount() == 0;
    }

    @Override
    public void close() {
        ended.countDown();
    }

    /** By reflection: the compiler warns of {@code sun.misc.Signal}, though every JDK has it, and no other way exists. */
    private void handle(String name) throws ReflectiveOperationException {
        Class<?> signalType = Class.forName("sun.misc.Signal");
        Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
        Constructor<?> constructor = signalType.getConstructor(String.class);
        Method number = signalType.getMethod("getNumber");
        InvocationHandler handler = (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "handle" -> received((int) number.invoke(arguments[0]));
                case "hashCode" -> {
                    return System.identityHashCode(proxy);
                }
                case "equals" -> {
                    return proxy == arguments[0];
                }
                default -> {
                    return "StopSignal";
                }
            }
            return null;
        };
        Object proxy = Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {handlerType}, handler);
        signalType.getMethod("handle", signalType, handlerType).invoke(null, constructor.newInstance(name), proxy);
    }

    private void received(int number) {
        if (signalled.getAndSet(true)) {
            // Nothing is lost by it: the ledger knows what was under way.
            Runtime.getRuntime().halt(128 + number);
        }
        stopped.countDown();
    }

    private void stopAndWait() {
        stopped.countDown();
        try {
            ended.await(LONGEST_END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
