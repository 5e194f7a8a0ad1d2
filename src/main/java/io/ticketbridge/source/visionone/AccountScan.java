package io.ticketbridge.source.visionone;

import io.ticketbridge.finding.SourceRecord;
import java.util.ArrayList;
import java.util.List;

/** An account while its checks are read, a page at a time. One thread works on it. */
public final class AccountScan {
    /** Handed on together: a look-up and a transaction for each page of the API would cost more than all else. */
    private static final int WORTH_A_TRANSACTION = 1000;

    private final PostureAccount account;
    private final String scope;
    private final CheckPages pages;
    private List<SourceRecord> collected = new ArrayList<>();

    AccountScan(PostureAccount account, String scope, CheckPages pages) {
        this.account = account;
        this.scope = scope;
        this.pages = pages;
    }

    /** What its run is called by. */
    public String getName() {
        String label = account.label();
        return label.isBlank() ? account.id() : label + ", " + account.id();
    }

    public CheckPages getPages() {
        return pages;
    }

    PostureAccount account() {
        return account;
    }

    String scope() {
        return scope;
    }

    void collect(SourceRecord record) {
        collected.add(record);
    }

    public boolean isWorthATransaction() {
        return collected.size() >= WORTH_A_TRANSACTION;
    }

    List<SourceRecord> collected() {
        List<SourceRecord> out = collected;
        collected = new ArrayList<>();
        return out;
    }
}
