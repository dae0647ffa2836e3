import { useApi } from '../hooks.ts'
import { Empty, Loading, Refusal } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { Scroll } from '../ui/scroll.tsx'

type Sold = {
  site: string
  offer: string
  plan: string
  product: string | null
  price: string | null
  coupon: string | null
}

/** What Stripe has of what is sold. */
export default function SoldPage() {
  const { data, error } = useApi<{ version: number; sold: Sold[] }>('catalogue')
  return (
    <>
      <PageHead
        title="In Stripe"
        lead="Prices in Stripe are never altered: another amount is another price, and whoever has bought keeps theirs."
      />
      <Refusal of={error} />
      {!data && !error && <Loading />}
      {data?.sold.length === 0 && (
        <Empty title="Nothing is sold">
          <p>Publish an offer, and its product and price stand here.</p>
        </Empty>
      )}
      {data && data.sold.length > 0 && (
        <Scroll label="What is sold">
          <table>
            <caption>What version {data.version} sells</caption>
            <thead>
              <tr>
                <th scope="col">Offer</th>
                <th scope="col">Site</th>
                <th scope="col">Plan</th>
                <th scope="col">Product</th>
                <th scope="col">Price</th>
                <th scope="col">Coupon</th>
              </tr>
            </thead>
            <tbody>
              {data.sold.map((one) => (
                <tr key={`${one.site}/${one.offer}`}>
                  <th scope="row">{one.offer}</th>
                  <td>{one.site}</td>
                  <td>{one.plan}</td>
                  <td>{id(one.product)}</td>
                  <td>{id(one.price)}</td>
                  <td>{one.coupon === null ? 'none needed' : id(one.coupon)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </>
  )
}

function id(stripe: string | null) {
  return stripe === null ? <span className="meta">not yet</span> : <code>{stripe}</code>
}
