package io.ticketbridge.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** The connections of a contender that brings no pool of its own. */
final class Pool {
    private Pool() {}

    static HikariDataSource of(Database database) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.url());
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(10);
        return new HikariDataSource(config);
    }
}
