package io.ticketbridge.ledger.pass;

import io.ticketbridge.ledger.run.Arrival;
import io.ticketbridge.ledger.run.Run;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.Exchange;

/**
 * What an exchange carries of the pass that it belongs to, as its properties. Routes name three of them: {@code flow}, {@code run} and
 * {@code position}.
 */
public record PassOf(Exchange exchange) {
    private static final String FLOW = "flow";
    private static final String RUN = "run";
    private static final String POSITION = "position";
    private static final String PASS = "pass";
    private static final String IS_OF_SOURCE = "passIsOfSource";
    private static final String IS_REPLAY = "isReplay";
    private static final String ARRIVAL = "arrival";
    private static final String RUN_FAILED = "runFailed";
    private static final String FAILURE_SAID = "failureSaid";
    private static final String KEEP = "keepIntake";

    /** The flow's name. */
    public String flow() {
        return exchange.getProperty(FLOW, String.class);
    }

    public void flow(String name) {
        exchange.setProperty(FLOW, name);
    }

    /** A pass over the source of the exchange's flow; it may consist of several runs. */
    void begin() {
        exchange.setProperty(PASS, UUID.randomUUID().toString());
        exchange.setProperty(IS_OF_SOURCE, true);
    }

    /** An import, of one exchange or several: it says nothing of how passes over the source end. */
    public void imports(String flow, String pass) {
        flow(flow);
        exchange.setProperty(PASS, pass);
    }

    /** An import and a replay have a pass, too, and say nothing of how those over the source end. */
    boolean isOfSource() {
        return exchange.getProperty(IS_OF_SOURCE, false, Boolean.class);
    }

    /** The same for all that one pass of a flow reads; null where nobody has said that one begins. */
    String pass() {
        return exchange.getProperty(PASS, String.class);
    }

    /** What is read is beside all passes. */
    void replays(Run run) {
        run(run);
        exchange.setProperty(IS_REPLAY, true);
    }

    boolean isReplay() {
        return exchange.getProperty(IS_REPLAY, false, Boolean.class);
    }

    void run(Run run) {
        exchange.setProperty(RUN, run);
    }

    /** @throws IllegalStateException if none has begun */
    public Run run() {
        return begunRun()
                .orElseThrow(() ->
                        new IllegalStateException("No run has begun: call scans.begin before findings are split"));
    }

    public Optional<Run> begunRun() {
        return Optional.ofNullable(exchange.getProperty(RUN, Run.class));
    }

    /** A page of it came from a topic, to a worker: that one sees neither the pass nor the whole run. */
    void arrived(ArrivingPages.Page page) {
        run(page.run());
        flow(page.run().flow());
        exchange.setProperty(ARRIVAL, page.arrival());
    }

    /** Null where the pass itself reads. */
    Arrival arrival() {
        return exchange.getProperty(ARRIVAL, Arrival.class);
    }

    /** Keeps what is read for this process, each time it is called. */
    Runnable keep() {
        Runnable keep = exchange.getProperty(KEEP, Runnable.class);
        return keep == null ? () -> {} : keep;
    }

    /** @param keep null where nothing has to be kept */
    public void keep(Runnable keep) {
        exchange.setProperty(KEEP, keep);
    }

    /** How far the flow's watermark may move once all pages are durable. */
    public String position() {
        return exchange.getProperty(POSITION, String.class);
    }

    public void position(String position) {
        exchange.setProperty(POSITION, position);
    }

    /** Whoever asks first is to fail the run; empty if none has begun, or it has failed already. */
    Optional<Run> runToFail() {
        Optional<Run> run = begunRun().filter(begun -> exchange.getProperty(RUN_FAILED) == null);
        run.ifPresent(begun -> exchange.setProperty(RUN_FAILED, true));
        return run;
    }

    /** What was said of its failure; empty as long as nothing was. */
    public Optional<String> failure() {
        return Optional.ofNullable(exchange.getProperty(FAILURE_SAID, String.class));
    }

    void fails(String said) {
        exchange.setProperty(FAILURE_SAID, said);
    }
}
