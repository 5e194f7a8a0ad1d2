package io.ticketbridge.bench;

import org.apache.camel.main.Main;

/** What start-up is measured against: Camel Main with one YAML route, which calls the source once, and nothing else. */
public final class Hello {
    private Hello() {}

    public static void main(String[] arguments) throws Exception {
        Main main = new Main();
        main.configure().withRoutesIncludePattern("classpath:hello.camel.yaml");
        main.run();
    }
}
