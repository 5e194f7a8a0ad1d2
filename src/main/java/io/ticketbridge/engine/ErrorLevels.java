package io.ticketbridge.engine;

import java.util.Objects;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeExtension;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Lets a failure climb from one route configuration to the next. Camel marks an exchange that an error handler gave up on, and
 * the caller's error handler leaves it alone; then a failed call to ServiceNow would never reach delivery-errors. So after a
 * call to a route with another configuration the mark is taken off. Between routes of one configuration it stays: what was
 * tried again there is not tried again by its caller.
 */
final class ErrorLevels implements InterceptStrategy {
    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
        if (!(definition instanceof ToDefinition) && !(definition instanceof ToDynamicDefinition)) {
            return target;
        }
        RouteDefinition caller = ProcessorDefinitionHelper.getRoute((ProcessorDefinition<?>) definition);
        String level = caller == null ? null : caller.getRouteConfigurationId();
        return new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                exchange.removeProperty(ExchangePropertyKey.FAILURE_ROUTE_ID);
                // Each level counts its own repetitions, on the message that came in, whatever a broken answer put
                // beside it.
                Object repetition = exchange.getIn().removeHeader(Exchange.REDELIVERY_COUNTER);
                return super.process(exchange, doneSync -> {
                    if (exchange.getException() != null) {
                        if (!Objects.equals(level, levelOfFailure(exchange))) {
                            takeMarksOff(exchange.getExchangeExtension());
                        }
                        restore(exchange, repetition);
                    }
                    callback.done(doneSync);
                });
            }
        };
    }

    /** The configuration of the route whose error handler gave up last; null if none did. */
    private static String levelOfFailure(Exchange exchange) {
        String id = exchange.getProperty(ExchangePropertyKey.FAILURE_ROUTE_ID, String.class);
        Route route = id == null ? null : exchange.getContext().getRoute(id);
        return route == null ? null : route.getConfigurationId();
    }

    private static void takeMarksOff(ExchangeExtension marks) {
        marks.setFailureHandled(false);
        marks.setErrorHandlerHandled(null);
        marks.setRedeliveryExhausted(false);
    }

    private static void restore(Exchange exchange, Object repetition) {
        if (repetition == null) {
            exchange.getIn().removeHeader(Exchange.REDELIVERY_COUNTER);
        } else {
            exchange.getIn().setHeader(Exchange.REDELIVERY_COUNTER, repetition);
        }
    }
}
