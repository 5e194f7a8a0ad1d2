package io.ticketbridge.deliver.text;

import io.ticketbridge.config.ProfileSettings;
import io.ticketbridge.deliver.servicenow.UnusableValue;
import io.ticketbridge.fault.Causes;
import io.ticketbridge.fault.NotNow;
import io.ticketbridge.ledger.database.Outage;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.component.bean.MethodNotFoundException;
import org.apache.camel.support.DefaultExchange;

/**
 * Field templates in Camel's simple language. Only the template is evaluated, never what it puts in (P38). Thread-safe.
 */
public final class Templates {
    private final CamelContext context;
    private final Map<String, Expression> compiled = new ConcurrentHashMap<>();
    /** Where each template stands in the settings. */
    private final Map<String, Set<String>> properties = new ConcurrentHashMap<>();

    public Templates(CamelContext context) {
        this.context = context;
    }

    /** Every template of every profile, so that a bad one is named before anything starts. */
    public void compile(Collection<ProfileSettings> profiles, List<String> problems) {
        for (ProfileSettings profile : profiles) {
            if (!profile.adoptQuery().isEmpty()) {
                String property = AdoptQueries.property(profile);
                compile(property, profile.adoptQuery()).ifPresent(problems::add);
                AdoptQueries.places(profile).forEach(place -> name(property, place));
            }
            ProfileColumns.templates(profile)
                    .forEach((property, template) -> compile(property, template).ifPresent(problems::add));
        }
    }

    /** @return what is wrong with it, naming the property; empty if nothing is */
    private Optional<String> compile(String property, String template) {
        name(property, template);
        try {
            expression(template);
        } catch (RuntimeException e) {
            return Optional.of(property + " is not a Camel simple expression: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
        return misspelt(template)
                .map(name -> property + " asks for " + name + ", which a ticket does not have: choose one of "
                        + TicketText.NAMES);
    }

    private void name(String property, String template) {
        properties
                .computeIfAbsent(template, text -> new ConcurrentSkipListSet<>())
                .add(property);
    }

    /** What it asks a ticket for in vain. What an empty ticket lacks besides, a real one may have; and beans are asked for real ones only. */
    private Optional<String> misspelt(String template) {
        if (!template.contains("${body") || template.contains("bean:") || template.contains("ref:")) {
            return Optional.empty();
        }
        try {
            evaluated(template, TicketText.EMPTY);
        } catch (RuntimeException e) {
            return misspelt(e);
        }
        return Optional.empty();
    }

    private static Optional<String> misspelt(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof MethodNotFoundException missing && missing.getBean() instanceof TicketText) {
                return Optional.of("${body." + missing.getMethodName() + "}");
            }
        }
        return Optional.empty();
    }

    /** @throws UnusableValue naming the property, if it fails for this one */
    public String text(String template, Object body) {
        if (!template.contains("${")) {
            return template;
        }
        try {
            return evaluated(template, body);
        } catch (RuntimeException e) {
            if (mayPass(e)) {
                throw e;
            }
            throw new UnusableValue("The template "
                    + String.join(", ", properties.getOrDefault(template, Set.of("of a default"))) + " ("
                    + template + ") fails for this ticket: " + Causes.sentence(root(e)));
        }
    }

    private String evaluated(String template, Object body) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(body);
        String text = expression(template).evaluate(exchange, String.class);
        return text == null ? "" : text;
    }

    /** A bean that a template asks may have to ask somebody itself. */
    private static boolean mayPass(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException || cause instanceof NotNow) {
                return true;
            }
        }
        return Outage.isCauseOf(error) || Outage.failureOfLedger(error).isPresent();
    }

    private static Throwable root(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }

    private Expression expression(String template) {
        return compiled.computeIfAbsent(template, text -> {
            Expression expression = context.resolveLanguage("simple").createExpression(text);
            expression.init(context);
            return expression;
        });
    }
}
