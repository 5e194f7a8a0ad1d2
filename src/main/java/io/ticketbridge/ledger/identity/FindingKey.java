package io.ticketbridge.ledger.identity;

import io.ticketbridge.finding.Finding;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** What the ledger knows of a finding's id: all but the scope that is in it. */
record FindingKey(UUID id, String account, String region, String check, String resource) {
    static final String COLUMNS = "f.id, f.account, f.region, f.check_id, f.resource_uid";

    static FindingKey of(ResultSet row) throws SQLException {
        return new FindingKey(
                row.getObject(1, UUID.class), row.getString(2), row.getString(3), row.getString(4), row.getString(5));
    }

    static FindingKey of(Finding finding) {
        return new FindingKey(
                finding.id(),
                finding.account(),
                finding.region(),
                finding.check(),
                finding.resource().uid());
    }

    /**
     * The scope that the id was made with, if it is this one or that of the finding's account in it.
     *
     * @return what follows the beginning of the scope
     */
    Optional<String> within(String scope) {
        return Stream.of("", "/" + account)
                .filter(rest -> in(scope + rest).equals(id))
                .findFirst();
    }

    /** The id in another scope. */
    UUID in(String scope) {
        return Finding.id(scope, account, region, check, resource);
    }
}
