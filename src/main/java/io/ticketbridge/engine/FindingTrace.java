package io.ticketbridge.engine;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.ledger.account.RunListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Follows each finding of a plan without network from its page through the filters. What does not arrive at the idempotent
 * filter was dropped before it. One thread reads a scan.
 */
final class FindingTrace implements RunListener {
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> outcomes = new ArrayList<>();

    @Override
    public synchronized void pageOpened(List<SourceRecord> records) {
        for (SourceRecord each : records) {
            if (each instanceof Finding finding) {
                findings.add(finding);
                outcomes.add("filtered");
            }
        }
    }

    @Override
    public synchronized void buried(SourceRecord record) {
        if (record instanceof Finding finding) {
            set(finding, "dead");
        }
    }

    private synchronized void arrived(Finding finding, boolean news) {
        set(
                finding,
                switch (finding.result()) {
                    case FAIL, PASS -> news ? "passes" : "unchanged";
                    case INCONCLUSIVE, SUPPRESSED -> finding.result().name().toLowerCase(Locale.ROOT);
                });
    }

    /** A step may have put a changed copy in its place: then its identity tells, the first that is still open. */
    private void set(Finding finding, String outcome) {
        int at = -1;
        for (int i = findings.size() - 1; i >= 0; i--) {
            if (findings.get(i) == finding) {
                at = i;
                break;
            }
            if (outcomes.get(i).equals("filtered") && findings.get(i).id().equals(finding.id())) {
                at = i;
            }
        }
        if (at >= 0) {
            outcomes.set(at, outcome);
        }
    }

    synchronized List<ReadFinding> read() {
        List<ReadFinding> read = new ArrayList<>();
        for (int i = 0; i < findings.size(); i++) {
            read.add(new ReadFinding(findings.get(i), outcomes.get(i)));
        }
        return read;
    }

    /** The filter's repository, overheard. */
    IdempotentRepository around(IdempotentRepository filter) {
        return new Overheard(filter);
    }

    private final class Overheard extends ServiceSupport implements IdempotentRepository {
        private final IdempotentRepository filter;

        private Overheard(IdempotentRepository filter) {
            this.filter = filter;
        }

        @Override
        public boolean add(Exchange exchange, String key) {
            boolean news = filter.add(exchange, key);
            arrived(exchange.getMessage().getBody(Finding.class), news);
            return news;
        }

        @Override
        public boolean add(String key) {
            return filter.add(key);
        }

        @Override
        public boolean contains(String key) {
            return filter.contains(key);
        }

        @Override
        public boolean remove(String key) {
            return filter.remove(key);
        }

        @Override
        public boolean confirm(String key) {
            return filter.confirm(key);
        }

        @Override
        public void clear() {
            filter.clear();
        }
    }
}
