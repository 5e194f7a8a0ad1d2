package io.ticketbridge.command;

import io.ticketbridge.engine.Engine;
import io.ticketbridge.engine.FileReading;
import io.ticketbridge.finding.PlainText;
import io.ticketbridge.ledger.report.LedgerReport;
import io.ticketbridge.ledger.report.LedgerReport.Newest;
import io.ticketbridge.ledger.report.LedgerReport.Progressed;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
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

    private static final double MEGABYTE = 1_000_000;
    private static final int LONGEST_NAME = 40;

    private final Supplier<Progressed> look;
    private final Supplier<Optional<FileReading>> file;
    private final PrintStream out;
    private final boolean terminal;
    private final ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });
    private ProgressBar bar;
    private String shown = "";
    private String said = sentence(new Progressed(0, 0, 0), Optional.empty());

    private Progress(
            Supplier<Progressed> look, Supplier<Optional<FileReading>> file, PrintStream out, boolean terminal) {
        this.look = look;
        this.file = file;
        this.out = out;
        this.terminal = terminal;
    }

    /** Of what an engine does from now on. */
    static Progress of(Engine engine) {
        LedgerReport ledger = new LedgerReport(engine.database());
        Newest before = ledger.newest();
        Progress progress = new Progress(
                () -> ledger.progressSince(before), engine::fileReading, System.err, System.console() != null);
        if (progress.terminal) {
            // A line for each ticket would tear the bar; the result names them all.
            LogLines.sayOnlyWarnings();
        }
        progress.start(progress.terminal ? ON_TERMINAL : ELSEWHERE);
        return progress;
    }

    /** For tests: looks only when it is told to. */
    static Progress shownOn(
            PrintStream out, boolean terminal, Supplier<Progressed> look, Supplier<Optional<FileReading>> file) {
        return new Progress(look, file, out, terminal);
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
        Optional<FileReading> reading = file.get();
        if (terminal) {
            draw(now, reading);
            return;
        }
        String sentence = sentence(now, reading);
        if (!sentence.equals(said)) {
            out.println(sentence);
            said = sentence;
        }
    }

    private static String sentence(Progressed now, Optional<FileReading> reading) {
        String read = String.format(Locale.ROOT, "%,d findings read", now.read())
                + reading.filter(each -> each.size() > 0)
                        .map(each -> String.format(
                                Locale.ROOT,
                                ", %d%% of %s (%.1f MB)",
                                100 * each.read() / each.size(),
                                plain(each.name()),
                                each.size() / MEGABYTE))
                        .orElse("");
        return now.owed() == 0 && now.written() == 0
                ? read
                : read + String.format(Locale.ROOT, ", %,d tickets written, %,d owed", now.written(), now.owed());
    }

    /** Of a file it is known how much is left, and of tickets; of any other source nobody knows how much it holds. */
    private void draw(Progressed now, Optional<FileReading> reading) {
        if (reading.isPresent()) {
            begin(plain(reading.get().name()), " MB", (long) MEGABYTE, true);
            bar.maxHint(reading.get().size());
            bar.stepTo(reading.get().read());
        } else if (now.written() > 0) {
            begin("Delivering", " tickets", 1, true);
            bar.maxHint(now.written() + now.owed());
            bar.stepTo(now.written());
        } else {
            begin("Reading", " findings", 1, false);
            bar.stepTo(now.read());
        }
    }

    private static String plain(String name) {
        return PlainText.cut(Printer.line(name), LONGEST_NAME);
    }

    /** A bar of its own for each thing that gets on. */
    private void begin(String what, String unit, long size, boolean isKnown) {
        if (what.equals(shown)) {
            return;
        }
        if (bar != null) {
            bar.close();
        }
        shown = what;
        bar = new ProgressBarBuilder()
                .setTaskName(what)
                .setUnit(unit, size)
                .setInitialMax(isKnown ? 0 : -1)
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
