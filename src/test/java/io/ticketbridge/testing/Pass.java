package io.ticketbridge.testing;

import io.ticketbridge.ledger.account.Account;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What one pass, or one import, came to.
 *
 * @param accounts of every run that it began, failed ones included
 * @param failure what the command would have printed, if the pass failed
 */
public record Pass(List<Account> accounts, Optional<String> failure) {
    /** Outcome to number of findings, over all accounts, without zeros. */
    public Map<String, Long> findings() {
        return figures(Account::findings);
    }

    /** Action to number of tickets, over all accounts, without zeros. */
    public Map<String, Long> tickets() {
        return figures(Account::tickets);
    }

    public long read() {
        return accounts.stream().mapToLong(Account::read).sum();
    }

    private Map<String, Long> figures(Function<Account, Map<String, Long>> which) {
        Map<String, Long> sum = new TreeMap<>();
        accounts.forEach(account -> which.apply(account).forEach((name, count) -> {
            if (count > 0) {
                sum.merge(name, count, Long::sum);
            }
        }));
        return sum;
    }
}
