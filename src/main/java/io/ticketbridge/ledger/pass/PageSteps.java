package io.ticketbridge.ledger.pass;

import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.ledger.Trail;
import io.ticketbridge.ledger.account.RunListener;
import io.ticketbridge.ledger.run.Pages;
import io.ticketbridge.ledger.run.Runs;
import io.ticketbridge.ledger.run.SeenFindings;
import java.util.List;
import java.util.function.Predicate;
import org.apache.camel.Exchange;

/** The ledger's side of a page, as the routes call it: published, or opened, filtered and closed. */
public final class PageSteps {
    private static final String PUBLISHED = "published";

    private final Runs runs;
    private final Pages pages;
    private final SeenFindings seen;
    private final Predicate<String> shortcut;
    private final RunListener listener;
    private final Trail trail;

    /** @param shortcut whether findings of a flow that are known and unchanged may be spared the way through the routes */
    public PageSteps(
            Runs runs, Pages pages, SeenFindings seen, Predicate<String> shortcut, RunListener listener, Trail trail) {
        this.runs = runs;
        this.pages = pages;
        this.seen = seen;
        this.shortcut = shortcut;
        this.listener = listener;
        this.trail = trail;
    }

    /** Whether the exchange's page is one that a worker filters; what came from the topic is with that worker. */
    public boolean isToBePublished(Exchange exchange) {
        PassOf pass = new PassOf(exchange);
        return pass.run().isPublished() && pass.arrival() == null;
    }

    /**
     * Takes in what a scan says of a page that a worker will filter.
     *
     * @return of each record the worst that the scan said of the same identity before
     */
    public List<Result> hear(Exchange exchange, List<SourceRecord> records) {
        exchange.setProperty(PUBLISHED, records.size());
        return seen.hear(new PassOf(exchange).run(), records);
    }

    /** The topic has the exchange's page for certain. */
    public void published(Exchange exchange) {
        runs.published(new PassOf(exchange).run(), exchange.getProperty(PUBLISHED, Integer.class));
    }

    /** A worker is about to filter a page that came from the topic, for whoever reads its run. */
    public void arrived(Exchange exchange, ArrivingPages.Page page) {
        new PassOf(exchange).arrived(page);
        trail.follow(page.run().id());
    }

    /** @return the records that have to go through the filter one by one */
    public List<SourceRecord> openPage(Exchange exchange, List<SourceRecord> records) {
        PassOf pass = new PassOf(exchange);
        boolean isShort = shortcut.test(pass.run().flow());
        if (isShort) {
            pages.begin(pass.run(), records, pass.arrival());
        } else {
            pages.open(pass.run(), records, pass.arrival());
        }
        listener.pageOpened(records);
        return isShort ? seen.withoutKnown(records) : records;
    }

    public void closePage() {
        pages.closeBehind();
    }

    public void dropPage() {
        pages.drop();
    }
}
