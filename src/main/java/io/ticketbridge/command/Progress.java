package io.ticketbridge.command;

import io.ticketbridge.engine.Engine;
import io.ticketbridge.ledger.LedgerReport;
import io.ticketbridge.ledger.LedgerReport.Progressed;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows on standard error how long work gets on: a bar on a terminal, else a plain line now and then. */
final class Progress implements AutoCloseable {
    private static final Duration ON_TERMINAL = Duration.ofMillis(250);
    private static final Duration ELSEWHERE = Duration.ofSeconds(15);

    private final Supplier<Progressed> look;
    private final PrintStream out;
    private final boolean terminal;
    private final ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });
    private ProgressBar bar;
    private boolean delivering;
    private Progressed last = new Progressed(0, 0, 0);

    private Progress(Supplier<Progressed> look, PrintStream out, boolean terminal) {
        this.look = look;
        this.out = out;
        this.terminal = terminal;
    }

    /** Of what an engine does from now on. */
    static Progress of(Engine engine) {
        LedgerReport ledger = new LedgerReport(engine.database());
        long before = ledger.lastRun();
        Progress progress = new Progress(() -> ledger.progressSince(before), System.err, System.console() != null);
        if (progress.terminal) {
            // A line for each ticket would tear the bar; the result names them all.
            LogLines.sayOnlyWarnings();
        }
        progress.start(progress.terminal ? ON_TERMINAL : ELSEWHERE);
        return progress;
    }

    /** For tests: looks only when it is told to. */
    static Progress shownOn(PrintStream out, boolean terminal, Supplier<Progressed> look) {
        return new Progress(look, out, terminal);
    }

    private void start(Duration every) {
        clockwork.scheduleWithFixedDelay(this::tick, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What can't be shown must not stop the work. */
    private void tick() {
        try {
            show();
        } catch (RuntimeException e) {
            clockwork.shutdown();
        }
    }

    void show() {
        Progressed now = look.get();
        if (terminal) {
            draw(now);
        } else if (!now.equals(last)) {
            out.println(sentence(now));
        }
        last = now;
    }

    private static String sentence(Progressed now) {
        String read = String.format(Locale.ROOT, "%,d findings read", now.read());
        return now.owed() == 0 && now.written() == 0
                ? read
                : read + String.format(Locale.ROOT, ", %,d tickets written, %,d owed", now.written(), now.owed());
    }

    /** While a source is read nobody knows how much it holds; of tickets the number is known. */
    private void draw(Progressed now) {
        if (bar == null || now.written() > 0 && !delivering) {
            delivering = now.written() > 0;
            begin();
        }
        if (delivering) {
            bar.maxHint(now.written() + now.owed());
            bar.stepTo(now.written());
        } else {
            bar.stepTo(now.read());
        }
    }

    private void begin() {
        if (bar != null) {
            bar.close();
        }
        bar = new ProgressBarBuilder()
                .setTaskName(delivering ? "Delivering" : "Reading")
                .setUnit(delivering ? " tickets" : " findings", 1)
                .setInitialMax(delivering ? 0 : -1)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis((int) ON_TERMINAL.toMillis())
                .setConsumer(new ConsoleProgressBarConsumer(out))
                .build();
    }

    @Override
    public void close() {
        clockwork.shutdownNow();
        try {
            clockwork.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (bar != null) {
            tick();
            bar.close();
            LogLines.sayEverything();
        }
    }
}
