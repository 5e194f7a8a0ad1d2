package io.ticketbridge.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What a demand would need, computed from what {@link Scaling} measured and {@code bench/figures.json} keeps. It assumes that cost per
 * finding and per ticket stays as it was measured, which {@link Growth} holds to be so up to its sizes.
 */
final class Sizing {
    static final Path FIGURES = Path.of("bench", "figures.json");

    private static final double DAY = 86_400;
    private static final double HOUR = 3_600;

    /** What a process takes before it knows any finding, in MB. */
    private static final double HEAP = 200;

    /** @param replica and database: processor time of one, in milliseconds */
    record Work(double perSecond, double replica, double database) {
        double cores(double perSecondNeeded) {
            return perSecondNeeded * (replica + database) / 1000;
        }

        double databaseShare() {
            return database / (replica + database);
        }
    }

    /**
     * @param machine where and when it was measured
     * @param control seconds until the first ticket of a control with {@code controlResources} is delivered with its list
     * @param listBytes bytes of that list
     * @param update seconds that its update takes
     * @param disk bytes of a kept finding on PostgreSQL
     * @param heap bytes of a finding of the largest flow while it is read
     */
    record Figures(
            String machine,
            Work firstScan,
            Work rescan,
            Work ticket,
            int controlResources,
            double control,
            double update,
            long listBytes,
            double disk,
            double heap) {
        static Figures read(Path file) throws IOException {
            return new ObjectMapper().readValue(file.toFile(), Figures.class);
        }
    }

    /**
     * @param findings read a day
     * @param failing the share of them that fails, and is kept
     * @param changed the share of them that is news on a day, each of a ticket of its own
     * @param resources of the largest control
     */
    record Demand(long findings, double failing, double changed, int resources) {
        static final Demand USUAL = new Demand(10_000_000, 0.2, 0.001, 10_000);
    }

    private final Figures figures;
    private final Demand demand;
    private final StringBuilder table = new StringBuilder();

    private Sizing(Figures figures, Demand demand) {
        this.figures = figures;
        this.demand = demand;
    }

    static String of(Figures figures, Demand demand) {
        return new Sizing(figures, demand).table();
    }

    private String table() {
        say(
                "Figures: %s.%nDemand: %,d findings a day, of which %.3g %% fail and %.3g %% are news; a control with %,d resources.%n",
                figures.machine(),
                demand.findings(),
                100 * demand.failing(),
                100 * demand.changed(),
                demand.resources());
        say("| what | needs |");
        say("| --- | --- |");
        reading();
        tickets();
        space();
        control();
        return table.toString();
    }

    private void reading() {
        double spread = demand.findings() / DAY;
        double hurried = demand.findings() / HOUR;
        row("reading all again, spread over the day", cores(figures.rescan(), spread));
        row("reading all again within an hour", cores(figures.rescan(), hurried));
        row(
                "the first scan, where all that fail are new",
                "%.1f h of two cores",
                demand.findings() / figures.firstScan().perSecond() / HOUR);
    }

    private String cores(Work work, double perSecond) {
        return String.format(
                Locale.ROOT,
                "%,.1f a second: %.3f cores, of which the database has %.0f %%",
                perSecond,
                work.cores(perSecond),
                100 * work.databaseShare());
    }

    private void tickets() {
        double tickets = demand.findings() * demand.changed();
        row("tickets, one for each that is news", "%,.0f a day: %s", tickets, cores(figures.ticket(), tickets / DAY));
        row(
                "all of them within an hour",
                "`requests-per-hour` of at least %,.0f; at 50 ms an answer %d at once",
                tickets,
                Math.max(1, (int)
                        Math.ceil(tickets / HOUR * 0.05 + figures.ticket().cores(tickets / HOUR))));
    }

    private void space() {
        row(
                "the ledger on disk",
                "%.1f GB, twice as much with room for updates",
                demand.findings() * demand.failing() * figures.disk() / 1e9);
        row("heap where one flow reads all of it", "`-Xmx%.0fm`", HEAP + demand.findings() * figures.heap() / 1e6);
    }

    /** Its list is written as a whole, so that it costs as much as it is long. */
    private void control() {
        double times = (double) demand.resources() / figures.controlResources();
        row(
                "the first ticket of that control",
                "%.1f s, and a list of %.1f MB",
                figures.control() * times,
                figures.listBytes() * times / 1e6);
        row("its update, each time a scan changes it", "%.1f s", figures.update() * times);
    }

    private void row(String what, String needs, Object... values) {
        say("| %s | %s |", what, values.length == 0 ? needs : String.format(Locale.ROOT, needs, values));
    }

    private void say(String line, Object... values) {
        table.append(String.format(Locale.ROOT, line, values)).append('\n');
    }
}
