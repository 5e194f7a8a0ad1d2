package io.ticketbridge.deliver;

import io.ticketbridge.config.ProfileSettings;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.support.DefaultExchange;

/**
 * Field templates in Camel's simple language. Only the template is evaluated, never what it puts in (P38). Thread-safe.
 */
public final class Templates {
    private final CamelContext context;
    private final Map<String, Expression> compiled = new ConcurrentHashMap<>();

    public Templates(CamelContext context) {
        this.context = context;
    }

    /** Every template of every profile, so that a bad one is named before anything starts. */
    public void compile(Collection<ProfileSettings> profiles, List<String> problems) {
        for (ProfileSettings profile : profiles) {
            try {
                if (!profile.adoptQuery().isEmpty()) {
                    compile(AdoptQueries.property(profile), profile.adoptQuery());
                }
            } catch (IllegalArgumentException e) {
                problems.add(e.getMessage());
            }
            Map.of(
                            "field",
                            profile.fields(),
                            "on-open",
                            profile.onOpen(),
                            "on-update",
                            profile.onUpdate(),
                            "on-resolve",
                            profile.onResolve())
                    .forEach((kind, columns) -> columns.forEach((column, template) -> {
                        try {
                            compile("ticketbridge.profile." + profile.name() + "." + kind + "." + column, template);
                        } catch (IllegalArgumentException e) {
                            problems.add(e.getMessage());
                        }
                    }));
        }
    }

    /** @throws IllegalArgumentException naming the property, if the template does not parse */
    private void compile(String property, String template) {
        try {
            expression(template);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(property + " is not a Camel simple expression: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    String text(String template, Object body) {
        if (!template.contains("${")) {
            return template;
        }
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(body);
        String text = expression(template).evaluate(exchange, String.class);
        return text == null ? "" : text;
    }

    private Expression expression(String template) {
        return compiled.computeIfAbsent(template, text -> {
            Expression expression = context.resolveLanguage("simple").createExpression(text);
            expression.init(context);
            return expression;
        });
    }
}
