import type Stripe from 'stripe'

/**
 * What each endpoint of the sandbox takes, in the library's own request types. generate.ts makes the JSON Schemas from
 * this interface, and the endpoints type their handlers by it.
 */
export interface EndpointParams {
  'POST /v1/products': Stripe.ProductCreateParams
  'GET /v1/products': Stripe.ProductListParams
  'GET /v1/products/:id': Stripe.ProductRetrieveParams
  'POST /v1/products/:id': Stripe.ProductUpdateParams

  'POST /v1/prices': Stripe.PriceCreateParams
  'GET /v1/prices': Stripe.PriceListParams
  'GET /v1/prices/:id': Stripe.PriceRetrieveParams
  'POST /v1/prices/:id': Stripe.PriceUpdateParams

  'POST /v1/coupons': Stripe.CouponCreateParams
  'GET /v1/coupons': Stripe.CouponListParams
  'GET /v1/coupons/:id': Stripe.CouponRetrieveParams
  'POST /v1/coupons/:id': Stripe.CouponUpdateParams
  'DELETE /v1/coupons/:id': Stripe.CouponDeleteParams

  'POST /v1/promotion_codes': Stripe.PromotionCodeCreateParams
  'GET /v1/promotion_codes': Stripe.PromotionCodeListParams
  'GET /v1/promotion_codes/:id': Stripe.PromotionCodeRetrieveParams
  'POST /v1/promotion_codes/:id': Stripe.PromotionCodeUpdateParams

  'POST /v1/billing_portal/sessions': Stripe.BillingPortal.SessionCreateParams

  'POST /v1/customers': Stripe.CustomerCreateParams
  'GET /v1/customers': Stripe.CustomerListParams
  'GET /v1/customers/:id': Stripe.CustomerRetrieveParams
  'POST /v1/customers/:id': Stripe.CustomerUpdateParams
  'DELETE /v1/customers/:id': Stripe.CustomerDeleteParams

  'POST /v1/checkout/sessions': Stripe.Checkout.SessionCreateParams
  'GET /v1/checkout/sessions': Stripe.Checkout.SessionListParams
  'GET /v1/checkout/sessions/:id': Stripe.Checkout.SessionRetrieveParams
  'POST /v1/checkout/sessions/:id': Stripe.Checkout.SessionUpdateParams
  'POST /v1/checkout/sessions/:id/expire': Stripe.Checkout.SessionExpireParams
  'GET /v1/checkout/sessions/:id/line_items': Stripe.Checkout.SessionListLineItemsParams

  'GET /v1/subscriptions': Stripe.SubscriptionListParams
  'GET /v1/subscriptions/:id': Stripe.SubscriptionRetrieveParams
  'POST /v1/subscriptions/:id': Stripe.SubscriptionUpdateParams
  'DELETE /v1/subscriptions/:id': Stripe.SubscriptionCancelParams

  'GET /v1/invoices': Stripe.InvoiceListParams
  'GET /v1/invoices/:id': Stripe.InvoiceRetrieveParams

  'POST /v1/invoices/create_preview': Stripe.InvoiceCreatePreviewParams
  'POST /v1/invoices/:id/pay': Stripe.InvoicePayParams

  'GET /v1/invoice_payments': Stripe.InvoicePaymentListParams
  'GET /v1/invoice_payments/:id': Stripe.InvoicePaymentRetrieveParams

  'GET /v1/payment_intents': Stripe.PaymentIntentListParams
  'GET /v1/payment_intents/:id': Stripe.PaymentIntentRetrieveParams

  'GET /v1/payment_methods': Stripe.PaymentMethodListParams
  'GET /v1/payment_methods/:id': Stripe.PaymentMethodRetrieveParams
  'POST /v1/payment_methods/:id/attach': Stripe.PaymentMethodAttachParams

  'GET /v1/charges': Stripe.ChargeListParams
  'GET /v1/charges/:id': Stripe.ChargeRetrieveParams

  'POST /v1/refunds': Stripe.RefundCreateParams
  'GET /v1/refunds': Stripe.RefundListParams
  'GET /v1/refunds/:id': Stripe.RefundRetrieveParams
  'POST /v1/refunds/:id': Stripe.RefundUpdateParams

  'GET /v1/disputes': Stripe.DisputeListParams
  'GET /v1/disputes/:id': Stripe.DisputeRetrieveParams
  'POST /v1/disputes/:id': Stripe.DisputeUpdateParams
  'POST /v1/disputes/:id/close': Stripe.DisputeCloseParams

  'POST /v1/invoiceitems': Stripe.InvoiceItemCreateParams
  'GET /v1/invoiceitems': Stripe.InvoiceItemListParams
  'GET /v1/invoiceitems/:id': Stripe.InvoiceItemRetrieveParams
  'POST /v1/invoiceitems/:id': Stripe.InvoiceItemUpdateParams
  'DELETE /v1/invoiceitems/:id': Stripe.InvoiceItemDeleteParams

  'GET /v1/events': Stripe.EventListParams
  'GET /v1/events/:id': Stripe.EventRetrieveParams
}
