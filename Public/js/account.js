// What the pages need of somebody who is not logged in.
import './requests.js'
import './passwords.js'
