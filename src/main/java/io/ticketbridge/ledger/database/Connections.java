package io.ticketbridge.ledger.database;

import io.ticketbridge.config.DatabaseSettings;
import java.sql.DriverManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** New connections to the ledger, each with the password as it is then. */
final class Connections extends DriverManagerDataSource {
    private final DatabaseSettings settings;

    Connections(DatabaseSettings settings, String url) {
        this.settings = settings;
        setUrl(url);
        setUsername(settings.user());
    }

    @Override
    public String getPassword() {
        return settings.password().reveal();
    }

    /** The pool asks for it, and says a line where it is refused. */
    @Override
    public void setLoginTimeout(int seconds) {
        DriverManager.setLoginTimeout(seconds);
    }
}
