package io.ticketbridge.bench;

import java.util.List;
import java.util.Locale;

/**
 * @param done tickets or findings
 * @param seconds how long they took
 * @param replicasCpu processor time of all replicas, in seconds
 * @param databaseCpu that of PostgreSQL, in seconds
 */
record ScalingRow(String what, int replicas, long done, double seconds, double replicasCpu, double databaseCpu) {
    static final String HEADINGS =
            """
            | work | replicas | a second | to one | processor time of one, replicas | database | database's share | cores in use |
            | --- | --- | --- | --- | --- | --- | --- | --- |
            """;

    double perSecond() {
        return done / seconds;
    }

    /** Of what both used. */
    double databaseShare() {
        return databaseCpu / (databaseCpu + replicasCpu);
    }

    private String line(double one) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %,.0f | %.2f | %s | %s | %.0f %% | %.1f |%n",
                what,
                replicas,
                perSecond(),
                perSecond() / one,
                milliseconds(replicasCpu),
                milliseconds(databaseCpu),
                100 * databaseShare(),
                (replicasCpu + databaseCpu) / seconds);
    }

    private String milliseconds(double cpu) {
        double each = cpu * 1000 / done;
        return String.format(Locale.ROOT, each < 0.1 ? "%.3f ms" : "%.1f ms", each);
    }

    /** The rows of one kind of work follow each other, the fewest replicas first. */
    static String table(List<ScalingRow> rows) {
        StringBuilder text = new StringBuilder(HEADINGS);
        ScalingRow first = null;
        for (ScalingRow row : rows) {
            first = first == null || !first.what.equals(row.what) ? row : first;
            text.append(row.line(first.perSecond()));
        }
        return text.toString();
    }
}
